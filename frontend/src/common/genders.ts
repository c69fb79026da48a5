import type { VoiceGender } from "../api/types";
import type { Key } from "../i18n/catalogue";

/** Of the machines' voices. */
export const GENDERS: readonly VoiceGender[] = ["any", "female", "male"];

export const GENDER_TEXTS: Record<VoiceGender, Key> = {
  any: "gender.any",
  female: "gender.female",
  male: "gender.male",
};

/** What a field of genders holds. */
export const genderOf = (value: string | null): VoiceGender =>
  GENDERS.find((gender) => gender === value) ?? "any";
