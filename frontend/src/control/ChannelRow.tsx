import { IconAlertTriangle, IconDots, IconX } from "@tabler/icons-react";
import { memo, useId } from "react";
import { Button } from "../common/Button";
import { StateTag } from "../common/StateTag";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import type { AlarmKind, LiveChannel, Policy } from "../live/messages";
import { alarmsOf, factsOf } from "../live/state";
import { useLive, type LiveStore } from "../live/store";
import { ALARM_WORDS } from "../booth/words";
import { meterShare } from "../microphone/level";
import styles from "./Control.module.css";
import { onAirOf } from "./onAir";
import { flawsOf } from "./quality";

export const POLICIES: readonly Policy[] = [
  "human_first",
  "machine_first",
  "human_only",
  "machine_only",
];

const COLUMNS = 10;
/** What a booth's pages say; the others end when what they tell of is over. */
const CLEARABLE: readonly AlarmKind[] = ["muted_talking", "sound_unfit", "slow_down"];

export interface RowActions {
  onPolicy: (language: string, policy: Policy) => void;
  /** `to`: an interpreter's id, an input, or "" for what the policy says. */
  onForce: (language: string, to: string) => void;
  onClear: (language: string, kind: AlarmKind) => void;
  onOpen: (language: string) => void;
}

interface RowProps {
  store: LiveStore;
  channel: LiveChannel;
  live: boolean;
  listeners: number | null;
  actions: RowActions;
}

/**
 * One channel, and under it what is wrong with it. It renders again only when its own facts change,
 * not with every message.
 */
export const ChannelRow = memo(function ChannelRow(props: RowProps) {
  const { store, channel, live, listeners, actions } = props;
  const { t } = useTexts();
  const { tenths } = useFormats();
  const { tag, name, direction } = channel.language;
  const facts = useLive(store, (state) => factsOf(state, tag));
  // A text, so that other channels' alarms do not make this row render.
  const kinds = useLive(store, (state) => alarmKinds(state, tag));
  const alarms = kinds === "" ? [] : (kinds.split(" ") as AlarmKind[]);
  const onAir = onAirOf(facts, channel, live);
  const flaws = live ? flawsOf(facts, tenths) : null;
  const working = channel.booth?.interpreters.filter(({ place }) => place !== "expired") ?? [];
  const language = { language: name };
  const openId = useId();
  const clear = (kind: AlarmKind) => {
    actions.onClear(tag, kind);
    // The button that was pressed goes with its alarm.
    document.getElementById(openId)?.focus();
  };

  return (
    <tbody data-channel={tag} data-alarms={alarms.length > 0 || undefined}>
      <tr>
        <th scope="row">
          <span lang={tag} dir={direction}>
            {name}
          </span>
        </th>
        <td>
          <StateTag tone={onAir.tone}>{t(onAir.text)}</StateTag>
          {onAir.who && (
            <span className={styles.who}>
              <bdi>{onAir.who}</bdi>
            </span>
          )}
          {facts.forced && <span className={styles.who}>{t("control.forced")}</span>}
        </td>
        <td>
          <span
            className={styles.level}
            role="img"
            aria-label={levelWord(facts.level_db, t("level.waiting"))}
          >
            <span style={{ width: `${Math.round(meterShare(facts.level_db ?? -60) * 100)}%` }} />
          </span>
        </td>
        <td data-label={t("channels.lag")}>
          {facts.lag_s === null ? "–" : t("channels.seconds", { seconds: tenths(facts.lag_s) })}
        </td>
        <td data-label={t("channels.listeners")}>{listeners ?? "–"}</td>
        <td data-label={t("control.quality")}>
          {flaws === null && "–"}
          {flaws?.length === 0 && <StateTag tone="ready">{t("quality.good")}</StateTag>}
          {!!flaws?.length && <StateTag tone="attention">{t("quality.attention")}</StateTag>}
        </td>
        <td>
          <select
            aria-label={t("control.policy.of", language)}
            value={channel.policy}
            onChange={(event) => actions.onPolicy(tag, event.currentTarget.value as Policy)}
          >
            {POLICIES.map((policy) => (
              <option key={policy} value={policy}>
                {t(`policy.${policy}`)}
              </option>
            ))}
          </select>
        </td>
        <td>
          <select
            aria-label={t("control.force.of", language)}
            value={facts.forced}
            onChange={(event) => actions.onForce(tag, event.currentTarget.value)}
          >
            <option value="">{t("control.force.none")}</option>
            <option value="machine">{t("channel.machine")}</option>
            <option value="floor">{t("channel.floor")}</option>
            <option value="slate">{t("channel.slate")}</option>
            {working.map(({ id, name: person }) => (
              <option key={id} value={id}>
                {person}
              </option>
            ))}
          </select>
        </td>
        <td className={styles.caption} lang={tag} dir={direction}>
          <span>{facts.last_caption}</span>
        </td>
        <td>
          <Button
            look="quiet"
            round
            id={openId}
            aria-label={t("control.open", language)}
            icon={<IconDots size={20} />}
            onClick={() => actions.onOpen(tag)}
          />
        </td>
      </tr>
      {(alarms.length > 0 || !!flaws?.length) && (
        <tr className={styles.why}>
          <td colSpan={COLUMNS}>
            <ul>
              {alarms.map((kind) => (
                <li key={kind} data-alarm={kind}>
                  <IconAlertTriangle size={16} aria-hidden="true" />
                  {t(ALARM_WORDS[kind])}
                  {CLEARABLE.includes(kind) && (
                    <Button
                      look="quiet"
                      round
                      aria-label={t("control.clear", { alarm: t(ALARM_WORDS[kind]) })}
                      icon={<IconX size={16} />}
                      onClick={() => clear(kind)}
                    />
                  )}
                </li>
              ))}
              {flaws?.map(({ text, values }) => (
                <li key={`${text}/${values["engine"]}`}>{t(text, values)}</li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </tbody>
  );
});

function alarmKinds(state: Parameters<typeof alarmsOf>[0], language: string): string {
  return [...new Set(alarmsOf(state, language).map(({ kind }) => kind))].join(" ");
}

function levelWord(levelDb: number | null, none: string): string {
  return levelDb === null ? none : `${Math.round(levelDb)} dB`;
}
