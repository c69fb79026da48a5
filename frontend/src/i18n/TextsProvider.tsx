import type { ReactNode } from "react";
import { TextsContext } from "./context";
import type { Texts } from "./texts";

export function TextsProvider({ texts, children }: { texts: Texts; children: ReactNode }) {
  return <TextsContext value={texts}>{children}</TextsContext>;
}
