import { useId } from "react";
import { Button } from "../../common/Button";
import { formatDuration } from "../../common/duration";
import { useFormats } from "../../i18n/useFormats";
import { useTexts } from "../../i18n/useTexts";
import type { ConsoleState } from "../hooks/useConsole";
import type { Heard } from "../hooks/useExposure";
import type { Action } from "../keys/keymap";
import { channelSource, type Source } from "../sound/mix";
import { dose, leqDb, remainingS } from "../sound/guard/exposure";
import styles from "./Panel.module.css";

interface HearProps {
  booth: ConsoleState;
  heard: Heard;
  name: (action: Action) => string;
}

const SOURCE_KEYS = ["hear_1", "hear_2", "hear_3"] as const;
const FULL_SCALES_DB = [85, 90, 95, 100, 105, 110, 115];

/** What is in the headset: sources, volumes, the monitor, and what it adds up to. */
export function Hear({ booth, heard, name }: HearProps) {
  const { t } = useTexts();
  const { listening, listenIn, relays, hear, run, settings } = booth;
  const key = (action: Action) => <kbd>{name(action)}</kbd>;
  const front = listenIn ? channelSource(booth.language) : listening.front;
  const back = listenIn ? "floor" : listening.back;
  const nameOf = (source: Source) =>
    source === "floor" ? t("hear.floor") : source.slice("channel:".length).toUpperCase();
  const choice = (source: Source, action: Action) => (
    <Button
      key={source}
      look="plain"
      role="radio"
      aria-checked={front === source}
      onClick={() => run(action)}
    >
      {nameOf(source)} {key(action)}
    </Button>
  );

  return (
    <section className={styles.panel} aria-label={t("hear.title")}>
      <h2 className={styles.title}>{t("hear.title")}</h2>
      <div className={styles.buttons} role="radiogroup" aria-label={t("hear.front")}>
        {choice("floor", "hear_floor")}
        {SOURCE_KEYS.map((action, at) => {
          const tag = relays[at];
          return tag === undefined ? null : choice(channelSource(tag), action);
        })}
        <Button look="plain" onClick={() => run("hear_list")}>
          {t("hear.others")} {key("hear_list")}
        </Button>
      </div>
      <Fader
        label={`${t("hear.front")}: ${nameOf(front)}`}
        keys={
          <>
            {key("front_up")} {key("front_down")}
          </>
        }
        volume={listening.frontVolume}
        onVolume={(frontVolume) => hear((now) => ({ ...now, frontVolume }))}
      />
      <Fader
        label={`${t("hear.back")}: ${back === null ? t("hear.nothing") : nameOf(back)}`}
        keys={
          <>
            {key("back_up")} {key("back_down")}
          </>
        }
        volume={listening.backVolume}
        onVolume={(backVolume) => hear((now) => ({ ...now, backVolume }))}
      />
      {listening.monitor && (
        <Fader
          label={t("hear.monitor")}
          keys={
            <>
              {key("monitor_up")} {key("monitor_down")}
            </>
          }
          volume={listening.monitorVolume}
          onVolume={(monitorVolume) => hear((now) => ({ ...now, monitorVolume }))}
        />
      )}
      <div className={styles.buttons}>
        <Button look="plain" onClick={() => run("swap")}>
          {t("hear.swap")} {key("swap")}
        </Button>
        <Button look="plain" aria-pressed={listening.monitor} onClick={() => run("monitor")}>
          {t("hear.monitor")} {key("monitor")}
        </Button>
        <Button look="plain" aria-pressed={settings.normalise} onClick={() => run("normalise")}>
          {t("hear.normalise")} {key("normalise")}
        </Button>
      </div>
      <ExposureMeter booth={booth} heard={heard} />
    </section>
  );
}

interface FaderProps {
  label: string;
  keys?: React.ReactNode;
  volume: number;
  onVolume: (volume: number) => void;
}

function Fader({ label, keys, volume, onVolume }: FaderProps) {
  const { t } = useTexts();
  const id = useId();
  const percent = Math.round(volume * 100);
  return (
    <div className={styles.fader}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        onChange={(event) => onVolume(Number(event.currentTarget.value) / 100)}
      />
      <output htmlFor={id}>{t("preflight.percent", { percent })}</output>
      {keys && <span>{keys}</span>}
    </div>
  );
}

/** The session's sound exposure, and the assumption that it rests on, which can be set. */
function ExposureMeter({ booth, heard }: { booth: ConsoleState; heard: Heard }) {
  const { t, language } = useTexts();
  const { tenths } = useFormats();
  const id = useId();
  const { settings, change } = booth;
  const level = leqDb(heard.exposure, settings.fullScaleDb);
  const used = dose(heard.exposure, settings.fullScaleDb);
  const left = remainingS(heard.exposure, settings.fullScaleDb);

  return (
    <details>
      <summary>
        {t("exposure.title", { percent: tenths(used * 100) })}
        {heard.limitedDb > 1 && ` · ${t("exposure.limited", { db: tenths(heard.limitedDb) })}`}
      </summary>
      <dl className={styles.meters}>
        <dt>{t("exposure.level")}</dt>
        <dd>{Number.isFinite(level) ? t("exposure.db", { db: tenths(level) }) : "–"}</dd>
        <dt>{t("exposure.listened")}</dt>
        <dd>{formatDuration(heard.exposure.seconds, language)}</dd>
        <dt>{t("exposure.left")}</dt>
        <dd>{Number.isFinite(left) ? formatDuration(Math.min(left, 86_399), language) : "–"}</dd>
      </dl>
      <label htmlFor={id}>{t("exposure.fullScale")}</label>{" "}
      <select
        id={id}
        value={settings.fullScaleDb}
        onChange={(event) => {
          const fullScaleDb = Number(event.currentTarget.value);
          change((now) => ({ ...now, fullScaleDb }));
        }}
      >
        {FULL_SCALES_DB.map((db) => (
          <option key={db} value={db}>
            {t("exposure.spl", { db })}
          </option>
        ))}
      </select>
      <p className={styles.soft}>{t("exposure.assumes")}</p>
    </details>
  );
}
