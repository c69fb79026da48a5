import type { Language, Session } from "../api/types";
import type {
  AlarmKind,
  AlarmMessage,
  ChannelFacts,
  Chat,
  Handover,
  LiveChannel,
  OnAir,
  ServerMessage,
} from "./messages";

export interface Alarm {
  language: string;
  kind: AlarmKind;
  who: string;
  sinceS: number;
}

/** A running session as the service told it. Everything that did not change keeps its identity. */
export interface LiveState {
  /** The first `hello` has come. */
  known: boolean;
  session: Session | null;
  /** What the floor speaks now. */
  floorLanguage: Language | null;
  /** Its floor job finds that out. */
  detectsLanguage: boolean;
  channels: readonly LiveChannel[];
  facts: Readonly<Record<string, ChannelFacts>>;
  /** Alarms of the log, by `language/kind/who`; what a channel's job reports is in its facts. */
  alarms: Readonly<Record<string, Alarm>>;
  chat: readonly Chat[];
  timeline: readonly OnAir[];
  floorSpeaking: boolean;
  /** Another text where the glossary's terms changed. */
  glossary: string;
  /** The session's usual countdown of a handover. */
  countdownS: number | null;
  /** Session time is the device's clock in seconds plus this. */
  offsetS: number;
  roundTripS: number | null;
}

export const UNKNOWN: LiveState = {
  known: false,
  session: null,
  floorLanguage: null,
  detectsLanguage: false,
  channels: [],
  facts: {},
  alarms: {},
  chat: [],
  timeline: [],
  floorSpeaking: false,
  glossary: "",
  countdownS: null,
  offsetS: 0,
  roundTripS: null,
};

const MOST_CHAT = 100;
const MOST_CHANGES = 5000;

export const NO_FACTS: ChannelFacts = {
  owned: false,
  input: "",
  who: "",
  reason: "",
  since_s: 0,
  turn: null,
  holder: "",
  forced: "",
  handover: null,
  microphones: [],
  alarms: [],
  level_db: null,
  machine_able: false,
  policy: "",
  backlog_s: null,
  lag_s: null,
  speed: null,
  skipped: 0,
  quality: null,
  engine: "",
  resting: [],
  last_caption: "",
};

/** One message more; `nowMs`: the device's clock when it came. */
export function receive(state: LiveState, message: ServerMessage, nowMs: number): LiveState {
  switch (message.type) {
    case "hello":
      return {
        ...UNKNOWN,
        known: true,
        session: message.session,
        floorLanguage: message.floor_language ?? message.session.source_language,
        detectsLanguage: message.detects_language ?? false,
        channels: message.channels,
        facts: Object.fromEntries(
          Object.entries(message.facts).map(([tag, facts]) => [tag, filled(facts)]),
        ),
        glossary: message.glossary ?? "",
        alarms: (message.alarms ?? []).reduce(withAlarm, {}),
        countdownS: message.countdown_s ?? null,
        chat: message.chat ?? [],
        timeline: message.timeline ?? [],
        floorSpeaking: message.floor?.speaking ?? false,
        offsetS: message.now_s - nowMs / 1000,
        roundTripS: state.roundTripS,
      };
    case "channel":
      return withFacts(state, message.language, filled(message.facts));
    case "plan":
      return {
        ...state,
        session: message.session,
        floorLanguage: message.floor_language ?? message.session.source_language,
        detectsLanguage: message.detects_language ?? false,
        glossary: message.glossary ?? state.glossary,
        countdownS: message.countdown_s ?? state.countdownS,
        channels: message.channels,
      };
    case "on_air": {
      const { language, input, who, name, reason, since_s } = message;
      const facts = { ...factsOf(state, language), input, who, reason, since_s };
      const change = { language, input, who, name, reason, since_s };
      const timeline = [...state.timeline, change].slice(-MOST_CHANGES);
      return { ...withFacts(state, language, facts), timeline };
    }
    case "handover": {
      const { language, stage, giver, taker, to_answer, switch_s } = message;
      const handover = running({ stage, giver, taker, to_answer, switch_s });
      return withFacts(state, language, { ...factsOf(state, language), handover });
    }
    case "alarm":
      return { ...state, alarms: withAlarm(state.alarms, message) };
    case "chat": {
      const { id, from, to, text, at } = message;
      if (state.chat.some((other) => other.id === id)) return state;
      return { ...state, chat: [...state.chat, { id, from, to, text, at }].slice(-MOST_CHAT) };
    }
    case "floor":
      return { ...state, floorSpeaking: message.speaking };
    case "pong": {
      const roundTripS = (nowMs - message.t) / 1000;
      return { ...state, roundTripS, offsetS: message.now_s + roundTripS / 2 - nowMs / 1000 };
    }
    case "answer":
    case "caption":
    case "cleared":
    case "error":
      return state;
  }
}

/** A channel's facts, also where nothing was reported yet. */
export function factsOf(state: Pick<LiveState, "facts">, language: string): ChannelFacts {
  return state.facts[language] ?? NO_FACTS;
}

/** What is wrong in a channel now, from its job and from the log, each alarm once. */
export function alarmsOf(state: Pick<LiveState, "facts" | "alarms">, language: string): Alarm[] {
  const reported = factsOf(state, language).alarms.map(({ kind, who, since_s }) => ({
    language,
    kind,
    who,
    sinceS: since_s,
  }));
  const logged = Object.values(state.alarms).filter(
    (alarm) =>
      alarm.language === language &&
      !reported.some(({ kind, who }) => kind === alarm.kind && who === alarm.who),
  );
  return [...reported, ...logged];
}

/** The session's time now, in seconds. */
export function sessionTimeS(state: Pick<LiveState, "offsetS">, nowMs: number): number {
  return nowMs / 1000 + state.offsetS;
}

function filled(facts: Partial<ChannelFacts> | null): ChannelFacts {
  const known = Object.entries(facts ?? {}).filter(
    ([name, value]) => value !== null || NO_FACTS[name as keyof ChannelFacts] === null,
  );
  const whole = { ...NO_FACTS, ...(Object.fromEntries(known) as Partial<ChannelFacts>) };
  return { ...whole, handover: whole.handover && running(whole.handover) };
}

function running(handover: Handover): Handover | null {
  return handover.stage === "open" || handover.stage === "counting" ? handover : null;
}

function withFacts(state: LiveState, language: string, facts: ChannelFacts): LiveState {
  return { ...state, facts: { ...state.facts, [language]: facts } };
}

function withAlarm(
  alarms: LiveState["alarms"],
  { language, kind, who, on, at_s }: AlarmMessage,
): LiveState["alarms"] {
  const key = `${language}/${kind}/${who}`;
  if (on) return { ...alarms, [key]: { language, kind, who, sinceS: at_s } };
  return Object.fromEntries(Object.entries(alarms).filter(([other]) => other !== key));
}
