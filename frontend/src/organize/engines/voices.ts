import type { EventVoice, VoiceGender } from "../../api/types";
import { GENDER_TEXTS } from "../../common/genders";
import type { Key } from "../../i18n/catalogue";

/** For whom a voice is. */
export const KIND_TEXTS: Record<VoiceGender, Key> = { ...GENDER_TEXTS, any: "voices.everyone" };

export const isSame = (one: EventVoice, other: EventVoice): boolean =>
  voiceId(one) === voiceId(other);

/** The voices with this one among them, in place of `before` and of any for the same. */
export const withVoice = (
  voices: readonly EventVoice[],
  voice: EventVoice,
  before: EventVoice | null,
): EventVoice[] => [
  ...voices.filter((each) => !isSame(each, voice) && !(before && isSame(each, before))),
  voice,
];

/** What a voice is known by on its page. */
export const voiceId = ({ engine, language, gender }: EventVoice): string =>
  `voice-${engine}-${language}-${gender}`;
