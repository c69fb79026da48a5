import { useCallback } from "react";
import type { Key } from "../i18n/catalogue";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { engineName } from "./engineName";

/** What the service said it would not do, by HTTP or by WebSocket. */
export interface Problem {
  code: string;
  message: string;
  /** What the message speaks of, by name: languages by their tags. */
  values?: Record<string, string>;
}

/** The codes of `rooms/domain/errors.py` and of what answers before it. */
const TEXTS: Record<string, Key> = {
  unreachable: "error.unreachable",
  unavailable: "error.unreachable",
  broken: "error.other",
  csrf: "error.csrf",
  sign_in: "error.sign_in",
  not_yours: "error.not_yours",
  owners_only: "error.owners_only",
  forbidden: "error.not_yours",
  not_in_booth: "booth.none.text",
  removed: "booth.removed.title",
  invitation_unknown: "error.gone",
  invitation_expired: "error.gone",
  invitation_used: "error.gone",
  not_found: "error.gone",
  unknown_event: "error.gone",
  unknown_room: "error.gone",
  unknown_session: "error.gone",
  unknown_organization: "error.gone",
  unknown_invitation: "error.gone",
  unknown_assignment: "error.gone",
  unknown_term: "error.gone",
  unknown_member: "error.gone",
  unknown_person: "error.unknown_person",
  unknown_language: "error.unknown_language",
  unknown_engine: "error.unknown_engine",
  bad_voice: "error.bad_voice",
  language_not_offered: "error.language_not_offered",
  wrong_state: "error.wrong_state",
  session_not_started: "error.session_not_started",
  session_ended: "session.ended",
  session_running: "error.session_running",
  session_has_transcript: "error.session_has_transcript",
  room_has_transcript: "error.room_has_transcript",
  room_busy: "error.room_busy",
  event_running: "error.event_running",
  source_language_stays: "error.source_language_stays",
  engine_unavailable: "error.engine_unavailable",
  original_stays: "error.original_stays",
  full: "error.full",
  no_detection: "error.no_detection",
  one_language: "error.one_language",
  already_member: "error.already_member",
  last_owner: "error.last_owner",
  ends_before_start: "error.ends_before_start",
  glossary_full: "error.glossary_full",
  bad_file: "error.bad_file",
  too_large: "error.too_large",
  too_many: "error.too_many",
  too_slow: "error.too_slow",
  invalid: "error.invalid",
  malformed: "error.invalid",
};

/** Of a pair of languages: in which slot no engine serves it. */
const PAIRS: Record<string, Key> = {
  recognition: "error.pair_recognition",
  translation: "error.pair_translation",
  speech: "error.pair_speech",
};

/** What is wrong with a form or a file is the service's own to say. */
const WITH_DETAIL = ["invalid", "malformed", "bad_file"];

const LANGUAGES = ["language", "source", "target"];
const TAG = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

/**
 * A refusal of the service in the reader's language.
 *
 * @example
 * const textOf = useProblemText();
 * textOf(error);
 */
export function useProblemText() {
  const { t } = useTexts();
  const { languageName } = useFormats();
  return useCallback(
    (problem: Problem | null) => {
      if (!problem) return t("error.other");
      const { code, message, values = {} } = problem;
      const key = code === "pair_unsupported" ? PAIRS[values["slot"] ?? ""] : TEXTS[code];
      if (!key) return message || t("error.other");
      const named = Object.entries(values).map(([name, value]) => {
        if (name === "engine") return [name, engineName(value)];
        return [name, LANGUAGES.includes(name) && TAG.test(value) ? languageName(value) : value];
      });
      const said = t(key, Object.fromEntries(named) as Record<string, string>);
      return WITH_DETAIL.includes(code) && message ? `${said} ${message}` : said;
    },
    [t, languageName],
  );
}
