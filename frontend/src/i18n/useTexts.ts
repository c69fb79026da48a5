import { use } from "react";
import { TextsContext } from "./context";
import type { Texts } from "./texts";

/**
 * The page's texts.
 *
 * @example
 * const { t } = useTexts();
 * return <h1>{t("home.title")}</h1>;
 */
export function useTexts(): Texts {
  const texts = use(TextsContext);
  if (!texts) throw new Error("useTexts needs a TextsProvider above it.");
  return texts;
}
