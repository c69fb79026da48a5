import { IconArrowDown, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useId, useState } from "react";
import type { Language } from "../api/types";
import { Button } from "../common/Button";
import { useTexts } from "../i18n/useTexts";
import { useFollow } from "../common/useFollow";
import styles from "./Captions.module.css";
import { visible, type Line, type Transcript } from "../common/captions/transcript";
import { TEXT_SIZES } from "./textSizes";

interface CaptionsProps {
  transcript: Transcript;
  language: Language;
  ended: boolean;
  textSize: number;
  onOlder: () => Promise<void>;
}

/** What is said, to read: finals steady, the interim lighter, the newest at the bottom. */
export function Captions({ transcript, language, ended, textSize, onOlder }: CaptionsProps) {
  const { t } = useTexts();
  const titleId = useId();
  const [paused, setPaused] = useState<Transcript | null>(null);
  const shown = paused ?? transcript;
  const lines = visible(shown);
  const finals = lines.filter((line) => line.final);
  const interims = lines.filter((line) => !line.final);
  const { ref, onScroll, following, backToEnd } = useFollow(lines, finals[0]?.id, () => {
    if (shown.more && !paused) void onOlder();
  });
  const foreign = { lang: language.tag, dir: language.direction };

  return (
    <section className={styles.panel} aria-labelledby={titleId}>
      <header className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {ended ? t("captions.transcript") : t("captions.title")}
          <span lang={language.tag}> · {language.name}</span>
        </h2>
        {!ended && (
          <Button
            look="quiet"
            aria-pressed={paused !== null}
            icon={paused ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
            onClick={() => setPaused(paused ? null : transcript)}
          >
            {paused ? t("captions.resume") : t("captions.pause")}
          </Button>
        )}
      </header>
      {/* A scrolling region must be reachable by keyboard. */}
      <div
        ref={ref}
        id="captions"
        className={styles.scroll}
        style={{ fontSize: TEXT_SIZES[textSize] }}
        onScroll={onScroll}
        role="group"
        aria-labelledby={titleId}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {shown.more && (
          <Button look="quiet" className={styles.older} onClick={() => void onOlder()}>
            {t("captions.older")}
          </Button>
        )}
        {lines.length === 0 && (
          <p className={styles.empty}>{ended ? t("captions.nothing") : t("captions.waiting")}</p>
        )}
        <div role="log" aria-live={following && !paused ? "polite" : "off"} {...foreign}>
          {finals.map((line, at) => (
            <CaptionLine key={line.id} line={line} by={changeOf(line, finals[at - 1])} />
          ))}
        </div>
        <div aria-hidden="true" {...foreign}>
          {interims.map((line) => (
            <p key={line.id} className={styles.interim} data-interim={line.id}>
              {line.text}
            </p>
          ))}
        </div>
      </div>
      {!following && lines.length > 0 && (
        <Button
          className={styles.back}
          icon={<IconArrowDown size={18} />}
          onClick={() => {
            setPaused(null);
            backToEnd();
          }}
        >
          {ended ? t("captions.toEnd") : t("captions.toLive")}
        </Button>
      )}
    </section>
  );
}

/** Whose words begin here; null where they go on. The machine's need no word before any other's. */
function changeOf(line: Line, before: Line | undefined): "machine" | "interpreter" | null {
  if (line.by === "interpreter") return before?.by === "interpreter" ? null : "interpreter";
  return line.by === "machine" && before?.by === "interpreter" ? "machine" : null;
}

interface CaptionLineProps {
  line: Line;
  by: "machine" | "interpreter" | null;
}

function CaptionLine({ line, by }: CaptionLineProps) {
  const { t, language, direction } = useTexts();
  const mark =
    line.skipped === "untranslated"
      ? t("captions.untranslated")
      : line.skipped === "behind" || line.skipped === "unspoken"
        ? t("captions.unspoken")
        : line.said
          ? t("captions.condensed", { said: line.said })
          : null;
  return (
    <p className={styles.line} data-caption={line.id} data-by={line.by}>
      {by && (
        <span className={styles.by} lang={language} dir={direction}>
          {t(`captions.by.${by}`)}
        </span>
      )}
      {line.text}{" "}
      {mark && (
        <span className={styles.mark} lang={language} dir={direction}>
          {mark}
        </span>
      )}
    </p>
  );
}
