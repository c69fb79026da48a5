import type { BoothCatalogue } from "../../catalogue";
import { booth as en } from "./en";
export const booth: BoothCatalogue = en;
