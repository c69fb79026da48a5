import { DirectionProvider, MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { useTexts } from "../i18n/useTexts";
import { theme } from "./theme";

/** What the pages with forms and tables need; the listening page does without, to stay light. */
export function Workplace({ children }: { children: ReactNode }) {
  const { direction } = useTexts();
  return (
    <DirectionProvider initialDirection={direction} detectDirection={false}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        {children}
      </MantineProvider>
    </DirectionProvider>
  );
}
