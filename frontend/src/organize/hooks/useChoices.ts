import { useId, useState, type RefObject } from "react";
import { useAction } from "./useAction";
import { useFocusNext } from "./useFocusNext";

interface ChoicesProps<T> {
  choices: readonly T[];
  /** Of its row on the page; two with the same stand for the same. */
  idOf: (choice: T) => string;
  /** Keeps these in place of all that there were. */
  put: (choices: T[]) => Promise<void>;
  /** Gets the focus where the row that should is gone. */
  heading: RefObject<HTMLElement | null>;
}

const NEW = "new";

/**
 * Choices that are added, changed and given up one at a time: which form is open, and where the
 * focus goes when it closes.
 *
 * @example
 * const voices = useChoices({ choices, idOf: voiceId, put, heading });
 * <h2 ref={heading} tabIndex={-1} /> <button id={voices.addId} onClick={voices.add} />
 */
export function useChoices<T>({ choices, idOf, put, heading }: ChoicesProps<T>) {
  const { run, busy, problem } = useAction();
  const [open, setOpen] = useState<string | null>(null);
  const focusNext = useFocusNext(heading);
  const addId = useId();
  const without = (...gone: T[]) => {
    const ids = gone.map(idOf);
    return choices.filter((each) => !ids.includes(idOf(each)));
  };
  const close = (id = addId) => {
    setOpen(null);
    focusNext(id);
  };

  return {
    addId,
    problem,
    /** Something is under way or open. */
    locked: busy || open !== null,
    adding: open === NEW,
    edits: (choice: T) => open === idOf(choice),
    add: () => setOpen(NEW),
    edit: (choice: T) => setOpen(idOf(choice)),
    close,
    /** In place of `before`, and of one that stands for the same. */
    save: async (choice: T, before?: T) => {
      await put([...without(choice, ...(before ? [before] : [])), choice]);
      close(before && idOf(choice));
    },
    remove: (choice: T) =>
      void run(async () => {
        await put(without(choice));
        focusNext();
      }),
  };
}
