import { useId, useState } from "react";
import { Button } from "../common/Button";
import { formatDuration } from "../common/duration";
import { useNow } from "../common/useNow";
import { useTexts } from "../i18n/useTexts";
import type { Key } from "../i18n/catalogue";
import type { Input } from "../live/messages";
import { sessionTimeS } from "../live/state";
import { useLive, type LiveStore } from "../live/store";
import styles from "./Control.module.css";
import { bandOf, ticksOf, type Stretch } from "./timeline";

const WINDOWS_S = [600, 3600, Infinity];
const WIDTH = 1000;
const NAMES = 90;
const ROW = 26;
const AXIS = 24;
/** A letter is about so wide: what does not fit is only said in the title. */
const LETTER = 7;

const INPUTS: Record<Input, Key> = {
  machine: "channel.machine",
  interpreter: "channel.interpreter",
  floor: "channel.floor",
  slate: "channel.slate",
};

/** Who was on air, a band a channel. Each input has a colour, a pattern and its word. */
export function Timeline({ store }: { store: LiveStore }) {
  const { t, language } = useTexts();
  const id = useId();
  const [windowS, setWindowS] = useState(600);
  const timeline = useLive(store, (state) => state.timeline);
  const channels = useLive(store, (state) => state.channels);
  const offsetS = useLive(store, (state) => Math.round(state.offsetS));
  const nowS = Math.max(1, sessionTimeS({ ...store.state, offsetS }, useNow(true)));
  const range = { fromS: Math.max(0, nowS - windowS), toS: nowS };
  const x = (s: number) =>
    NAMES + ((s - range.fromS) / (range.toS - range.fromS)) * (WIDTH - NAMES);
  const height = AXIS + channels.length * ROW;

  return (
    <section className={styles.card} aria-labelledby={`${id}-title`}>
      <div className={styles.head}>
        <h2 id={`${id}-title`}>{t("control.timeline")}</h2>
        <div className={styles.inline} role="radiogroup" aria-label={t("control.window")}>
          {WINDOWS_S.map((each) => (
            <Button
              key={each}
              look="plain"
              role="radio"
              aria-checked={windowS === each}
              onClick={() => setWindowS(each)}
            >
              {Number.isFinite(each)
                ? t("control.minutes", { minutes: each / 60 })
                : t("control.whole")}
            </Button>
          ))}
        </div>
      </div>
      <ul className={styles.legend}>
        {(Object.keys(INPUTS) as Input[]).map((input) => (
          <li key={input}>
            <svg viewBox="0 0 28 16" width="28" height="16" aria-hidden="true">
              <rect width="28" height="16" rx="3" className={styles.band} data-input={input} />
              <rect width="28" height="16" rx="3" fill={`url(#${id}-${input})`} />
            </svg>
            {t(INPUTS[input])}
          </li>
        ))}
      </ul>
      {/* It opens at its end, which is now. A scrolling region must be reachable by keyboard. */}
      <div
        className={styles.timeline}
        dir="rtl"
        role="group"
        aria-labelledby={`${id}-title`}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <svg
          viewBox={`0 0 ${WIDTH} ${height}`}
          direction="ltr"
          role="img"
          aria-label={t("control.timeline")}
          className={styles.drawing}
        >
          <Patterns id={id} />
          {ticksOf(range.fromS, range.toS).map((s) => (
            <g key={s}>
              <line x1={x(s)} x2={x(s)} y1={AXIS - 6} y2={height} className={styles.tick} />
              <text x={x(s)} y={12} textAnchor="middle" className={styles.axis}>
                {formatDuration(s, language)}
              </text>
            </g>
          ))}
          {channels.map(({ language: { tag } }, row) => (
            <g key={tag} transform={`translate(0 ${AXIS + row * ROW})`}>
              <text x={0} y={17} className={styles.axis}>
                {tag}
              </text>
              {bandOf(timeline, tag, range).map((stretch) => (
                <Band
                  key={stretch.fromS}
                  stretch={stretch}
                  pattern={`url(#${id}-${stretch.input})`}
                  from={x(stretch.fromS)}
                  to={x(stretch.toS)}
                />
              ))}
            </g>
          ))}
        </svg>
      </div>
    </section>
  );
}

interface BandProps {
  stretch: Stretch;
  pattern: string;
  from: number;
  to: number;
}

function Band({ stretch, pattern, from, to }: BandProps) {
  const { t, language } = useTexts();
  const { input, name, fromS, toS } = stretch;
  const word = name || t(INPUTS[input]);
  const width = Math.max(1, to - from - 1);
  const title = `${t(INPUTS[input])}${name && ` · ${name}`} · ${formatDuration(fromS, language)}–${formatDuration(toS, language)}`;
  return (
    <g>
      <title>{title}</title>
      <rect
        x={from}
        width={width}
        y={1}
        height={ROW - 4}
        rx={3}
        className={styles.band}
        data-input={input}
      />
      <rect x={from} width={width} y={1} height={ROW - 4} rx={3} fill={pattern} />
      {width > word.length * LETTER + 8 && (
        <text x={from + 5} y={16} className={styles.word} data-input={input}>
          {word}
        </text>
      )}
    </g>
  );
}

/** Stripes for the machine, dots for the floor, a grid for the slate, nothing for people. */
function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-machine`} width="8" height="8" patternUnits="userSpaceOnUse">
        <path d="M0 8 8 0M-2 2 2-2M6 10 10 6" stroke="currentColor" strokeOpacity=".28" />
      </pattern>
      <pattern id={`${id}-floor`} width="7" height="7" patternUnits="userSpaceOnUse">
        <circle cx="3.5" cy="3.5" r="1" fill="currentColor" fillOpacity=".4" />
      </pattern>
      <pattern id={`${id}-slate`} width="6" height="6" patternUnits="userSpaceOnUse">
        <path d="M0 0h6M0 0v6" stroke="currentColor" strokeOpacity=".25" />
      </pattern>
      <pattern id={`${id}-interpreter`} width="8" height="8" patternUnits="userSpaceOnUse" />
    </defs>
  );
}
