import { useState } from "react";
import { ApiError } from "../../api/errors";
import { useProblemText } from "../../common/useProblemText";

/**
 * Something a button does: whether it is under way, and in words why it did not work.
 *
 * @example
 * const { run, busy, problem } = useAction();
 * <button disabled={busy} onClick={() => run(() => endSession(id))} /> {problem}
 */
export function useAction() {
  const textOf = useProblemText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const run = async (action: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      await action();
      return true;
    } catch (error) {
      setProblem(textOf(error instanceof ApiError ? error : null));
      return false;
    } finally {
      setBusy(false);
    }
  };

  return { run, busy, problem };
}
