import type { Key } from "../i18n/catalogue";
import type { AlarmKind, Refusal } from "../live/messages";
import type { Air, Microphone, PartnerState } from "./situation";
import type { Tone } from "../common/StateTag";

/** Every state's word, in one place for each kind. */

const REFUSALS: Record<Refusal, Key> = {
  no_answer: "refusal.no_answer",
  not_assigned: "refusal.not_assigned",
  no_microphone: "refusal.no_microphone",
  partner_on_air: "refusal.partner_on_air",
  not_on_air: "refusal.not_on_air",
  nobody_there: "refusal.nobody_there",
  no_handover: "refusal.no_handover",
  handover_running: "refusal.handover_running",
  policy: "refusal.policy",
  forced: "refusal.forced",
  not_live: "refusal.not_live",
  machine_lost: "refusal.machine_lost",
  too_late: "refusal.too_late",
};

export function refusalText(refusal: string): Key | null {
  return refusal in REFUSALS ? REFUSALS[refusal as Refusal] : null;
}

export const ALARM_WORDS: Record<AlarmKind, Key> = {
  muted_talking: "alarm.muted_talking",
  wrong_language: "alarm.wrong_language",
  nobody_on_air: "alarm.nobody_on_air",
  double_microphone: "alarm.double_microphone",
  solo_too_long: "alarm.solo_too_long",
  sound_unfit: "alarm.sound_unfit",
  slow_down: "alarm.slow_down",
};

export const AIR_WORDS: Record<Air, Key> = {
  me: "air.me",
  partner: "air.partner",
  machine: "air.machine",
  floor: "air.floor",
  slate: "air.slate",
  starting: "air.starting",
  lost: "air.lost",
  planned: "air.planned",
  paused: "air.paused",
  ended: "air.ended",
  unknown: "air.unknown",
};

export const MICROPHONE_WORDS: Record<Microphone, { text: Key; tone: Tone }> = {
  open: { text: "microphone.open", tone: "on-air" },
  muted: { text: "microphone.muted", tone: "calm" },
  cough: { text: "microphone.cough", tone: "attention" },
  none: { text: "microphone.none", tone: "attention" },
};

export const PARTNER_WORDS: Record<PartnerState, { text: Key; tone: Tone }> = {
  "on-air": { text: "partner.on_air", tone: "on-air" },
  open: { text: "partner.open", tone: "attention" },
  ready: { text: "partner.ready", tone: "ready" },
  away: { text: "partner.away", tone: "calm" },
};
