import { useCallback, useEffect, useState } from "react";
import type { Event, Room, Session } from "../api/types";
import { useOnline } from "../common/useOnline";
import { useRemembered } from "../common/useRemembered";
import { sessionNow } from "../common/sessionNow";
import { ShareSheet } from "../common/ShareSheet";
import { useTexts } from "../i18n/useTexts";
import { BottomBar } from "./BottomBar";
import { Captions } from "./Captions";
import { Head } from "./Head";
import { useMediaSession } from "./hooks/useMediaSession";
import { useTranscript } from "./hooks/useTranscript";
import { useTuner } from "./hooks/useTuner";
import { Landing } from "./Landing";
import { LanguageSheet } from "./LanguageSheet";
import styles from "./Listener.module.css";
import { Player } from "./Player";
import { CaptionStore } from "../common/captions/store";
import type { Output } from "./sound/output";
import { statusOf } from "./status";
import { TextSheet } from "./TextSheet";

/** What the listener wants; it outlives a session, so that the next talk goes on in it. */
export interface Wish {
  language: string | null;
  sound: boolean;
}

interface ListenerProps {
  event: Event;
  room: Room;
  session: Session;
  wish: Wish;
  output: Output;
  onWish: (wish: Wish) => void;
  onSessionChanged: () => void;
}

type OpenSheet = "language" | "text" | "share" | null;

/** One session, heard and read. */
export function Listener(props: ListenerProps) {
  const { event, room, session, wish, output, onWish, onSessionChanged } = props;
  const { t } = useTexts();
  const online = useOnline();
  const [captions] = useState(() => new CaptionStore());
  const [sheet, setSheet] = useState<OpenSheet>(null);
  const [captionLanguage, setCaptionLanguage] = useState<string | null>(null);
  const [textSize, setTextSize] = useRemembered("captions.size", 1);

  const { tuner, state } = useTuner(session, captions, { output, onSessionChanged });
  const reader = useTuner(session, captions, { output: null, onSessionChanged });

  const channelOf = (tag: string | null) =>
    session.channels.find((channel) => channel.language.tag === tag) ?? null;
  const channel = channelOf(wish.language);
  const readChannel = channelOf(captionLanguage) ?? channel;
  const status = statusOf(session, state, online);

  // A session that follows another one in the same room goes on in the wished language.
  useEffect(() => {
    if (wish.language !== null && tuner.state.language === null) {
      tuner.tune(wish.language, wish.sound);
    }
  }, [tuner, wish]);

  // A language that was taken away and is offered again.
  const offered = channel !== null;
  useEffect(() => {
    const { gone, language } = tuner.state;
    if (offered && gone && language !== null) tuner.tune(language, wish.sound);
  }, [tuner, offered, wish.sound]);

  const otherLanguage = readChannel === channel ? null : (readChannel?.language.tag ?? null);
  useEffect(() => {
    if (otherLanguage === null) reader.tuner.clear();
    else reader.tuner.tune(otherLanguage, false);
  }, [reader.tuner, otherLanguage]);

  const choose = (language: string) => {
    performance.mark("tap");
    if (session.state !== "ended") tuner.tune(language, true);
    setSheet(null);
    onWish({ language, sound: true });
  };
  const play = useCallback(() => {
    performance.mark("tap");
    tuner.startSound();
    onWish({ language: wish.language, sound: true });
  }, [tuner, onWish, wish.language]);
  const stop = useCallback(() => {
    tuner.stopSound();
    onWish({ language: wish.language, sound: false });
  }, [tuner, onWish, wish.language]);

  const shownName = channel ? channel.language.name : t("listen.tab");
  useMediaSession({
    title: shownName,
    artist: `${session.title} · ${room.name}`,
    album: event.title,
    playing: state.soundWanted && state.phase === "on",
    onPlay: play,
    onStop: stop,
  });

  if (!channel) {
    return (
      <Landing
        event={event}
        room={room}
        session={session}
        gone={wish.language !== null}
        onChoose={choose}
      />
    );
  }

  const read = readChannel ?? channel;
  const address = `${location.origin}${location.pathname}`;
  return (
    <div className={styles.page} data-state={status} data-language={channel.language.tag}>
      <a className="skip-link" href="#captions">
        {t("listen.skip")}
      </a>
      <Head
        event={event}
        room={room}
        session={session}
        state={sessionNow(session, state.message)}
      />
      <main className={styles.main}>
        <Player
          session={session}
          channel={channel}
          tuner={state}
          status={status}
          onPlay={play}
          onStop={stop}
        />
        <ReadPanel
          key={read.language.tag}
          session={session}
          store={captions}
          language={read.language}
          status={status}
          textSize={textSize}
        />
      </main>
      <BottomBar
        language={channel.language}
        onLanguage={() => setSheet("language")}
        onText={() => setSheet("text")}
        onShare={() => setSheet("share")}
      />
      <LanguageSheet
        session={session}
        chosen={channel.language.tag}
        open={sheet === "language"}
        onChoose={choose}
        onClose={() => setSheet(null)}
      />
      <TextSheet
        session={session}
        open={sheet === "text"}
        size={textSize}
        onSize={setTextSize}
        language={captionLanguage}
        onLanguage={setCaptionLanguage}
        onClose={() => setSheet(null)}
      />
      <ShareSheet
        title={session.title}
        address={address}
        open={sheet === "share"}
        onClose={() => setSheet(null)}
      />
    </div>
  );
}

interface ReadPanelProps {
  session: Session;
  store: CaptionStore;
  language: Session["source_language"];
  status: ReturnType<typeof statusOf>;
  textSize: number;
}

function ReadPanel({ session, store, language, status, textSize }: ReadPanelProps) {
  const { transcript, loadOlder } = useTranscript(session, store, language.tag);
  return (
    <Captions
      session={session}
      transcript={transcript}
      language={language}
      ended={status === "ended"}
      textSize={textSize}
      onOlder={loadOlder}
    />
  );
}
