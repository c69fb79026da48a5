import { useCallback, useEffect, useState } from "react";

const SHOWN_MS = 7000;

/**
 * A sentence that goes by itself.
 *
 * @example
 * const { notice, say } = useNotice();
 * say("Your partner is on air.");
 */
export function useNotice() {
  const [notice, setNotice] = useState<{ text: string; at: number } | null>(null);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => setNotice(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const say = useCallback((text: string) => setNotice({ text, at: Date.now() }), []);
  return { notice: notice?.text ?? null, say };
}
