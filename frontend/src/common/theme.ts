import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** Mantine asks for ten shades; the tokens decide what is seen, these fill what they leave open. */
const accent: MantineColorsTuple = [
  "#e9eefb",
  "#d3ddf7",
  "#a9bdef",
  "#809de7",
  "#5c7fdd",
  "#3d66d2",
  "#2450c4",
  "#1b3fa0",
  "#15327f",
  "#0f2459",
];

export const theme = createTheme({
  colors: { accent },
  primaryColor: "accent",
  primaryShade: 6,
  fontFamily: "var(--fonts)",
  headings: { fontFamily: "var(--fonts)", fontWeight: "600" },
  defaultRadius: "md",
  radius: { md: "10px", lg: "16px" },
  respectReducedMotion: true,
  cursorType: "pointer",
});
