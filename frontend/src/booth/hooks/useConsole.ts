import { useCallback, useEffect, useMemo, useState } from "react";
import type { Key } from "../../i18n/catalogue";
import { useTexts } from "../../i18n/useTexts";
import { wishOf, type Gestures } from "../handover";
import { keyMapOf, type Action } from "../keys/keymap";
import { switchLook } from "../look";
import type { BoothParts } from "../parts";
import { steppedCountdown, TEXT_SIZES, USUAL_SETTINGS, type Settings } from "../settings";
import {
  channelSource,
  stepped,
  swapped,
  USUAL,
  withFront,
  type Listening,
  type Source,
} from "../sound/mix";
import { useChime } from "./useChime";
import { useKept } from "./useKept";
import { useMix } from "./useMix";
import type { useSignals } from "./useSignals";
import { useSituation } from "./useSituation";
import { useTalking } from "./useTalking";

export const PHRASES: readonly Key[] = [
  "phrase.1",
  "phrase.2",
  "phrase.3",
  "phrase.4",
  "phrase.5",
  "phrase.6",
];
export const CHAT_TO = ["partner", "booths", "organizer"] as const;
export type ChatTo = (typeof CHAT_TO)[number];
export type Sheet = "help" | "check" | "sources" | null;

interface ConsoleWish extends BoothParts {
  signals: ReturnType<typeof useSignals>;
  say: (text: string) => void;
  onMuted: (muted: boolean) => void;
  onFocus: (field: "glossary" | "write") => void;
}

/** All that a console shows and does, without how it looks. */
export function useConsole(wish: ConsoleWish) {
  const { known, live, sound, stage, microphone, ear, say, onMuted, onFocus } = wish;
  const { signals, toggle } = wish.signals;
  const { send } = live;
  const { t } = useTexts();
  const [settings, change] = useKept<Settings>("booth.settings", USUAL_SETTINGS, "local");
  const [listening, hear] = useKept<Listening>(
    `booth.listening.${known.session.id}`,
    USUAL,
    "session",
  );
  const [chosen, choose] = useKept<{ retour: boolean | null }>(
    `booth.retour.${known.session.id}`,
    { retour: null },
    "session",
  );
  const [coughing, setCoughing] = useState(false);
  const [sheet, setSheet] = useState<Sheet>(null);
  const [chatTo, setChatTo] = useState<ChatTo>("partner");
  const keys = useMemo(() => keyMapOf(settings.keys), [settings.keys]);

  const situation = useSituation(wish, { retour: chosen.retour, coughing });
  const { own, source, channels, language, facts, meId, partnerId } = situation;
  const { air, connected, retour, turn, listenIn, prepare } = situation;
  const countdownS = settings.countdownS ?? situation.countdownS;

  const talking = useTalking(ear);
  const mutedTalking = talking && stage.muted && microphone.stream !== null && situation.isAwaited;
  useEffect(() => {
    if (connected) send({ type: "report", muted_talking: mutedTalking });
  }, [connected, mutedTalking, send]);

  useMix(sound, { listening, own: language, prepare, listenIn, normalise: settings.normalise });
  useChime(turn?.who === meId ? turn : null, () => sound.hearing.chime());

  // --- what is done ---
  const mute = (muted: boolean) => {
    sound.stage.mute(muted);
    onMuted(muted);
  };
  const gesture = (what: Gestures) => {
    const scene = { language, facts, meId, partnerId, countdownS };
    const asked = wishOf(what, scene);
    if (asked) live.ask(asked);
    else if (what === "hand_over" || what === "hand_over_now") say(t("refusal.nobody_there"));
    else if (what !== "cancel") say(t("refusal.no_handover"));
  };
  const chat = (text: string) => {
    if (text.trim() === "") return;
    if (!send({ type: "chat", to: chatTo, text: text.trim() })) say(t("chat.unsent"));
  };
  const switchRetour = () => {
    if (!known.me.retour) {
      say(t("retour.none"));
      return;
    }
    const next = !retour;
    choose(() => ({ retour: next }));
    if (air === "me") live.ask({ language: next ? source : own, gesture: "take" });
  };
  const others = channels.map((each) => each.language.tag).filter((tag) => tag !== own);
  const relays = others.filter((tag) => tag !== source);
  const front = (to: Source | null) => {
    if (to) hear((now) => withFront(now, to));
  };
  const relay = (at: number) => {
    const tag = relays[at];
    front(tag === undefined ? null : channelSource(tag));
  };

  const DOES: Record<Action, () => void> = {
    microphone: () => mute(!stage.muted),
    cough: () => {
      setCoughing(true);
      sound.stage.cough(true);
    },
    take: () => gesture("take"),
    hand_over: () => gesture("hand_over"),
    hand_over_now: () => gesture("hand_over_now"),
    machine: () => gesture("machine"),
    machine_now: () => gesture("machine_now"),
    accept: () => gesture("accept"),
    decline: () => gesture("decline"),
    cancel: () => gesture("cancel"),
    countdown_less: () =>
      change((now) => ({ ...now, countdownS: steppedCountdown(now.countdownS ?? countdownS, -1) })),
    countdown_more: () =>
      change((now) => ({ ...now, countdownS: steppedCountdown(now.countdownS ?? countdownS, 1) })),
    retour: switchRetour,
    hear_floor: () => front("floor"),
    hear_1: () => relay(0),
    hear_2: () => relay(1),
    hear_3: () => relay(2),
    hear_list: () => setSheet("sources"),
    swap: () => hear(swapped),
    front_up: () => hear((now) => ({ ...now, frontVolume: stepped(now.frontVolume, 1) })),
    front_down: () => hear((now) => ({ ...now, frontVolume: stepped(now.frontVolume, -1) })),
    back_up: () => hear((now) => ({ ...now, backVolume: stepped(now.backVolume, 1) })),
    back_down: () => hear((now) => ({ ...now, backVolume: stepped(now.backVolume, -1) })),
    monitor: () => hear((now) => ({ ...now, monitor: !now.monitor })),
    monitor_up: () => hear((now) => ({ ...now, monitorVolume: stepped(now.monitorVolume, 1) })),
    monitor_down: () => hear((now) => ({ ...now, monitorVolume: stepped(now.monitorVolume, -1) })),
    normalise: () => change((now) => ({ ...now, normalise: !now.normalise })),
    translation: () => change((now) => ({ ...now, showTranslation: !now.showTranslation })),
    glossary: () => onFocus("glossary"),
    write: () => onFocus("write"),
    write_to: () =>
      setChatTo((now) => CHAT_TO[(CHAT_TO.indexOf(now) + 1) % CHAT_TO.length] ?? "partner"),
    phrase_1: () => chat(t("phrase.1")),
    phrase_2: () => chat(t("phrase.2")),
    phrase_3: () => chat(t("phrase.3")),
    phrase_4: () => chat(t("phrase.4")),
    phrase_5: () => chat(t("phrase.5")),
    phrase_6: () => chat(t("phrase.6")),
    slow_down: () => toggle("slow_down"),
    sound_unfit: () => toggle("sound_unfit"),
    text_smaller: () => change((now) => ({ ...now, textSize: Math.max(0, now.textSize - 1) })),
    text_larger: () =>
      change((now) => ({ ...now, textSize: Math.min(TEXT_SIZES.length - 1, now.textSize + 1) })),
    check: () => setSheet("check"),
    look: switchLook,
    help: () => setSheet("help"),
  };
  const run = (action: Action) => {
    sound.hearing.resume();
    DOES[action]();
  };
  const release = useCallback(
    (action: Action) => {
      if (action !== "cough") return;
      setCoughing(false);
      sound.stage.cough(false);
    },
    [sound],
  );

  return {
    ...situation,
    ...{ countdownS, mutedTalking, listening, relays, others, settings, change, keys, signals },
    ...{ chat, chatTo, setChatTo, sheet, setSheet, run, release, hear, front },
    canRetour: known.me.retour,
  };
}

export type ConsoleState = ReturnType<typeof useConsole>;
