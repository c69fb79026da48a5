import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { loadTexts } from "../i18n/load";
import { TextsProvider } from "../i18n/TextsProvider";
import "./page.css";

/**
 * Shows a page in the reader's language. Called once by each page's `main.tsx`.
 *
 * @param booth with the texts of booths and the control room
 */
export async function mount(page: ReactNode, { booth = false } = {}): Promise<void> {
  const texts = await loadTexts(navigator.languages, booth);
  document.documentElement.lang = texts.language;
  document.documentElement.dir = texts.direction;
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no element with the id “root”.");
  createRoot(root).render(
    <StrictMode>
      <TextsProvider texts={texts}>{page}</TextsProvider>
    </StrictMode>,
  );
}
