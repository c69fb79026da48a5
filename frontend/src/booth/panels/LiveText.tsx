import { memo, useSyncExternalStore } from "react";
import type { Language } from "../../api/types";
import { Button } from "../../common/Button";
import type { CaptionStore } from "../../common/captions/store";
import { visible, type Line } from "../../common/captions/transcript";
import { useTexts } from "../../i18n/useTexts";
import { useFollow } from "../../common/useFollow";
import type { ConsoleState } from "../hooks/useConsole";
import type { Action } from "../keys/keymap";
import { TEXT_SIZES } from "../settings";
import { marked } from "../text/marks";
import { isSame, NO_TERMS, type TermIndex } from "../text/termIndex";
import styles from "./Panel.module.css";

const SHOWN_LINES = 40;

interface LiveTextProps {
  booth: ConsoleState;
  captions: CaptionStore;
  terms: TermIndex;
  name: (action: Action) => string;
}

/** What is recognised, with numbers and terms marked, and what the machine makes of it. */
export function LiveText({ booth, captions, terms, name }: LiveTextProps) {
  const { t } = useTexts();
  const { settings, floorLanguage, target } = booth;
  const size = { fontSize: TEXT_SIZES[settings.textSize] };
  const both = settings.showTranslation && !isSame(target.tag, floorLanguage.tag);

  return (
    <div className={styles.texts} data-two={both || undefined}>
      <section className={`${styles.panel} ${styles.read}`} aria-label={t("live.source")}>
        <header className={styles.head}>
          <h2 className={styles.title}>
            {t("live.source")} · <span lang={floorLanguage.tag}>{floorLanguage.name}</span>
          </h2>
          <span className={styles.soft}>
            <kbd>{name("text_smaller")}</kbd> <kbd>{name("text_larger")}</kbd>
          </span>
        </header>
        <Text captions={captions} language={floorLanguage} terms={terms} style={size} />
      </section>
      {both && (
        <section className={`${styles.panel} ${styles.read}`} aria-label={t("live.machine")}>
          <header className={styles.head}>
            <h2 className={styles.title}>
              {t("live.machine")} · <span lang={target.tag}>{target.name}</span>
            </h2>
            <Button look="quiet" onClick={() => booth.run("translation")}>
              {t("live.hide")} <kbd>{name("translation")}</kbd>
            </Button>
          </header>
          <Text captions={captions} language={target} terms={NO_TERMS} style={size} />
        </section>
      )}
    </div>
  );
}

interface TextProps {
  captions: CaptionStore;
  language: Language;
  terms: TermIndex;
  style: { fontSize: string | undefined };
}

function Text({ captions, language, terms, style }: TextProps) {
  const { t } = useTexts();
  const transcript = useSyncExternalStore(captions.subscribe, () => captions.of(language.tag));
  const lines = visible(transcript)
    .filter(({ by }) => by !== "interpreter")
    .slice(-SHOWN_LINES);
  const { ref, onScroll } = useFollow(lines, lines[0]?.id, doNothing);
  return (
    // A scrolling region must be reachable by keyboard.
    <div
      ref={ref}
      className={styles.text}
      style={style}
      lang={language.tag}
      dir={language.direction}
      onScroll={onScroll}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {lines.length === 0 && <p className={styles.soft}>{t("captions.waiting")}</p>}
      {lines.map((line) => (
        <MarkedLine key={line.id} line={line} language={language.tag} terms={terms} />
      ))}
    </div>
  );
}

const doNothing = () => undefined;

interface MarkedProps {
  line: Line;
  language: string;
  terms: TermIndex;
}

const MarkedLine = memo(function MarkedLine({ line, language, terms }: MarkedProps) {
  return (
    <p className={line.final ? undefined : styles.interim}>
      {marked(line.text, language, terms).map(({ kind, text, entry }, at) => {
        if (kind === "text") return text;
        const title = entry?.targets.join(" / ");
        return (
          <mark key={at} className={kind === "number" ? styles.number : styles.term} title={title}>
            {text}
          </mark>
        );
      })}
    </p>
  );
});
