import { IconArrowLeft } from "@tabler/icons-react";
import { useCallback, useMemo, useState } from "react";
import { changeChannel } from "../api/control";
import { getStatus } from "../api/organize";
import type { Event, Room, Session } from "../api/types";
import { SessionTag } from "../common/SessionTag";
import { Sheet } from "../common/Sheet";
import { StateTag } from "../common/StateTag";
import { useAsked } from "../common/useAsked";
import { useProblemText } from "../common/useProblemText";
import { useTexts } from "../i18n/useTexts";
import { refusalText } from "../booth/words";
import type { ServerMessage } from "../live/messages";
import { useLive } from "../live/store";
import { useLiveSession } from "../live/useLiveSession";
import { NewChannel } from "../organize/Channels";
import { useAction } from "../organize/hooks/useAction";
import { Link } from "../organize/Link";
import organize from "../organize/Organize.module.css";
import { Problem } from "../organize/Problem";
import { RestingEngines } from "../organize/RestingEngines";
import { Troubles } from "../organize/Troubles";
import { ChannelRow, type RowActions } from "./ChannelRow";
import { ChannelSheet } from "./ChannelSheet";
import { Chat } from "./Chat";
import styles from "./Control.module.css";
import { FloorLanguage } from "./FloorLanguage";
import { Timeline } from "./Timeline";

const LOOK_MS = 4000;
/** Fifty channels report once a second: five renderings of their rows are enough. */
const REST_MS = 200;
const SEARCH_FROM = 9;

interface ControlProps {
  event: Event;
  room: Room;
  known: Session;
}

/** A running session: all its channels at a glance, and everything that can be done to one. */
export function ControlRoom({ event, room, known }: ControlProps) {
  const { t } = useTexts();
  const problemText = useProblemText();
  const { run, problem } = useAction();
  const [said, setSaid] = useState<string | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [alarmed, setAlarmed] = useState(false);
  const onMessage = useCallback(
    (message: ServerMessage) => {
      if (message.type === "answer") {
        const key = message.refusal === null ? null : refusalText(message.refusal);
        setSaid(key ? t(key) : message.message || null);
      }
      if (message.type === "error") setSaid(problemText(message));
    },
    [problemText, t],
  );
  const live = useLiveSession(
    `/ws/control/${known.id}`,
    { onMessage, onUnanswered: () => setSaid(t("booth.unanswered")) },
    REST_MS,
  );
  const { store, ask, send } = live;
  const session = useLive(store, (state) => state.session) ?? known;
  const channels = useLive(store, (state) => state.channels);
  const speaking = useLive(store, (state) => state.floorSpeaking);
  const troubled = useLive(store, alarmedChannels);
  const { answer: status, refresh } = useAsked(() => getStatus(known.id), LOOK_MS);
  const listenersOf = (tag: string) =>
    status?.channels.find(({ language }) => language.tag === tag)?.listeners ?? null;

  const actions = useMemo<RowActions>(
    () => ({
      onPolicy: (language, policy) => void run(() => changeChannel(known.id, language, { policy })),
      onForce: (language, to) => {
        setSaid(null);
        ask({ language, gesture: "force", to });
      },
      onClear: (language, kind) => {
        setSaid(send({ type: "clear", language, kind }) ? null : t("chat.unsent"));
      },
      onOpen: setOpen,
    }),
    // `run` is another function with each rendering, and does the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [ask, send, known.id, t],
  );
  const wanted = typed.trim().toLocaleLowerCase();
  const shown = channels.filter(
    ({ language: { tag, name, english_name } }) =>
      (!alarmed || troubled.split(" ").includes(tag)) &&
      `${tag} ${name} ${english_name}`.toLocaleLowerCase().includes(wanted),
  );
  const opened = channels.find(({ language }) => language.tag === open) ?? null;

  return (
    <>
      <Link to={[event.slug, known.id]} className={organize.backLink}>
        <IconArrowLeft size={18} className={organize.arrow} aria-hidden="true" />
        {session.title}
      </Link>
      <div className={organize.title}>
        <div>
          <h1>{t("control.title")}</h1>
          <p className={styles.soft}>
            <bdi>{session.title}</bdi> · <bdi>{room.name}</bdi>
          </p>
        </div>
        <div className={styles.inline}>
          <StateTag tone={speaking ? "on-air" : "calm"}>
            {t(speaking ? "floor.speaking" : "floor.silent")}
          </StateTag>
          {live.connection !== "open" && (
            <StateTag tone="attention">{t("listen.reconnecting")}</StateTag>
          )}
          <SessionTag state={session.state} />
        </div>
      </div>
      <Problem text={problem ?? said} />
      {status && <Troubles troubles={status.troubles} session={session} />}
      {status && <RestingEngines status={status} session={session} />}
      <section className={styles.card}>
        <div className={styles.head}>
          <h2>{t("channels.title")}</h2>
          <div className={styles.inline}>
            {channels.length >= SEARCH_FROM && (
              <input
                className={styles.field}
                type="search"
                value={typed}
                placeholder={t("languages.search")}
                aria-label={t("languages.search")}
                onChange={(each) => setTyped(each.currentTarget.value)}
              />
            )}
            <label className={styles.only}>
              <input
                type="checkbox"
                checked={alarmed}
                onChange={(each) => setAlarmed(each.currentTarget.checked)}
              />
              {t("control.onlyAlarms", { count: troubled === "" ? 0 : troubled.split(" ").length })}
            </label>
          </div>
        </div>
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("channels.language")}</th>
                <th scope="col">{t("channels.state")}</th>
                <th scope="col">{t("control.level")}</th>
                <th scope="col">{t("channels.lag")}</th>
                <th scope="col">{t("channels.listeners")}</th>
                <th scope="col">{t("control.quality")}</th>
                <th scope="col">{t("control.policy")}</th>
                <th scope="col">{t("control.force")}</th>
                <th scope="col">{t("channels.lastCaption")}</th>
                <td />
              </tr>
            </thead>
            {shown.map((channel) => (
              <ChannelRow
                key={channel.language.tag}
                store={store}
                channel={channel}
                live={session.state === "live"}
                listeners={listenersOf(channel.language.tag)}
                actions={actions}
              />
            ))}
          </table>
        </div>
        <div className={styles.two}>
          <NewChannel
            event={event}
            session={session}
            act={async (action) => {
              const done = await run(action);
              await refresh();
              return done;
            }}
          />
          <FloorLanguage store={store} session={session} run={run} />
        </div>
      </section>
      <Timeline store={store} />
      <Chat live={live} />
      <Sheet
        title={opened?.language.name ?? ""}
        open={opened !== null}
        onClose={() => setOpen(null)}
      >
        {opened && (
          <ChannelSheet session={session} channel={opened} onRemoved={() => setOpen(null)} />
        )}
      </Sheet>
    </>
  );
}

/** The languages of channels in which something is wrong, as one text. */
function alarmedChannels(state: Parameters<Parameters<typeof useLive<string>>[1]>[0]): string {
  const logged = Object.values(state.alarms).map(({ language }) => language);
  const reported = Object.entries(state.facts)
    .filter(([, { alarms }]) => alarms.length > 0)
    .map(([tag]) => tag);
  return [...new Set([...logged, ...reported])].sort().join(" ");
}
