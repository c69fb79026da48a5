import { useCallback, useEffect, useRef, useState } from "react";
import type { BoothConsole } from "../api/types";
import { CaptionStore } from "../common/captions/store";
import { usePageTitle } from "../common/usePageTitle";
import { useProblemText } from "../common/useProblemText";
import { useTexts } from "../i18n/useTexts";
import type { ServerMessage } from "../live/messages";
import { useLiveSession } from "../live/useLiveSession";
import { useMicrophone } from "../microphone/useMicrophone";
import { Console } from "./Console";
import { useBoothSound } from "./hooks/useBoothSound";
import { useEar } from "./hooks/useEar";
import { useExposure } from "./hooks/useExposure";
import { useHeadset } from "./hooks/useHeadset";
import { useKept } from "./hooks/useKept";
import { useNotice } from "./hooks/useNotice";
import { useSaid, useSignals } from "./hooks/useSignals";
import { Preflight } from "./Preflight";
import { refusalText } from "./words";

/** Reports come once a second, and more with every change: ten renderings a second are enough. */
const REST_MS = 100;

/** How the page was left; a reload goes on from there. */
export interface Left {
  entered: boolean;
  muted: boolean;
}

/** One interpreter in one booth: first the preflight, then the console, on one connection. */
export function Booth({ known }: { known: BoothConsole }) {
  const { t } = useTexts();
  const problemText = useProblemText();
  const sessionId = known.session.id;
  const [left, leave] = useKept<Left>(
    `booth.left.${sessionId}`,
    { entered: false, muted: true },
    "session",
  );
  const [captions] = useState(() => new CaptionStore());
  const { notice, say } = useNotice();
  const signals = useSignals();
  const { drop } = signals;
  const onMessage = useCallback(
    (message: ServerMessage) => {
      if (message.type === "hello") for (const each of message.captions ?? []) receive(each);
      if (message.type === "caption") receive(message);
      if (message.type === "answer" && message.refusal !== null) {
        const key = refusalText(message.refusal);
        say(key ? t(key) : message.message);
      }
      if (message.type === "cleared") drop(message.kind);
      if (message.type === "error") say(problemText(message));
      function receive({ kind, id, language, text, by, start_s, end_s }: CaptionParts) {
        const more = by ? { by } : {};
        const times = { start_s: start_s ?? 0, end_s: end_s ?? 0 };
        captions.receive(
          kind === "final"
            ? { kind, id, language, text, ...times, ...more }
            : { kind, id, language, text, ...more },
        );
      }
    },
    [captions, drop, problemText, say, t],
  );
  const live = useLiveSession(
    `/ws/booth/${sessionId}`,
    { onMessage, onUnanswered: () => say(t("booth.unanswered")) },
    REST_MS,
  );
  useSaid(signals.signals, live.connection === "open", live.send);

  const microphone = useMicrophone("booth.microphone");
  const { stream, open } = microphone;
  const ear = useEar(stream);
  const headset = useHeadset(stream !== null);
  const { heard, onReport } = useExposure(sessionId);
  const { sound, stage, deaf, blocked } = useBoothSound(
    sessionId,
    !left.entered || left.muted,
    onReport,
  );
  usePageTitle(`${known.booth_name} · ${known.session.title}`);

  useEffect(() => {
    void sound.stage.setTrack(stream?.getAudioTracks()[0] ?? null);
  }, [sound, stream]);
  useEffect(() => {
    void sound.hearing.setSink(headset.sinkId);
  }, [sound, headset.sinkId]);
  // After a reload the permission is still there: the microphone comes back by itself.
  const resumes = useRef(left.entered);
  useEffect(() => {
    if (resumes.current) void open();
    resumes.current = false;
  }, [open]);

  const parts = { known, live, sound, stage, microphone, ear, headset };
  if (!left.entered) {
    return <Preflight {...parts} onEnter={() => leave((now) => ({ ...now, entered: true }))} />;
  }
  return (
    <Console
      {...parts}
      captions={captions}
      heard={heard}
      deaf={deaf}
      blocked={blocked}
      signals={signals}
      notice={notice}
      say={say}
      onMuted={(muted) => leave((now) => ({ ...now, muted }))}
    />
  );
}

type CaptionParts = Pick<
  Extract<ServerMessage, { type: "caption" }>,
  "kind" | "id" | "language" | "text" | "by" | "start_s" | "end_s"
>;
