import { createContext } from "react";
import type { Texts } from "./texts";

export const TextsContext = createContext<Texts | null>(null);
