import { useCallback, useEffect, useState } from "react";
import { labelOf } from "./keymap";

interface WithLayout {
  keyboard?: { getLayoutMap: () => Promise<ReadonlyMap<string, string>> };
}

/**
 * How keys are called on this keyboard, where the browser tells.
 *
 * @example
 * const label = useKeyLabels();
 * label("KeyY"); // "Z" on a German keyboard
 */
export function useKeyLabels(): (key: string) => string {
  const [layout, setLayout] = useState<ReadonlyMap<string, string>>();
  useEffect(() => {
    (navigator as WithLayout).keyboard?.getLayoutMap().then(setLayout, () => undefined);
  }, []);
  return useCallback((key: string) => labelOf(key, layout), [layout]);
}
