import type { EventVoice, VoiceGender } from "../../api/types";
import { GENDER_TEXTS } from "../../common/genders";
import type { Key } from "../../i18n/catalogue";

/** For whom a voice is. */
export const KIND_TEXTS: Record<VoiceGender, Key> = { ...GENDER_TEXTS, any: "voices.everyone" };

/** What a voice is known by on its page. */
export const voiceId = ({ engine, language, gender }: EventVoice): string =>
  `voice-${engine}-${language}-${gender}`;
