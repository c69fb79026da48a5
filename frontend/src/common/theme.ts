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

/** Mantine's greys of the dark scheme, in the tokens' tint: text first, the deepest last. */
const dark: MantineColorsTuple = [
  "#eceef3",
  "#c3c8d3",
  "#a5abb9",
  "#8a91a1",
  "#3a404d",
  "#2a2f3a",
  "#181b22",
  "#0f1116",
  "#0a0c10",
  "#06070a",
];

export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: "accent",
  primaryShade: 6,
  fontFamily: "var(--fonts)",
  headings: { fontFamily: "var(--fonts)", fontWeight: "600" },
  defaultRadius: "md",
  radius: { md: "10px", lg: "16px" },
  respectReducedMotion: true,
  cursorType: "pointer",
});
