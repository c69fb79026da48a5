import { IconArrowDown, IconDownload, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useId, useState } from "react";
import type { Language, Session } from "../api/types";
import { Button, ButtonLink } from "../common/Button";
import { useTexts } from "../i18n/useTexts";
import { useFollow } from "../common/useFollow";
import styles from "./Captions.module.css";
import { visible, type Transcript } from "../common/captions/transcript";
import { Passages } from "./Passages";
import { TEXT_SIZES } from "./textSizes";

interface CaptionsProps {
  session: Session;
  transcript: Transcript;
  language: Language;
  ended: boolean;
  textSize: number;
  onOlder: () => Promise<void>;
}

/** What is said, to read: finals steady, the interim lighter, the newest at the bottom. */
export function Captions(props: CaptionsProps) {
  const { session, transcript, language, ended, textSize, onOlder } = props;
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
        {ended ? (
          <Downloads session={session} language={language} />
        ) : (
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
          <Passages session={session} lines={finals} transcript={shown} />
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

const FORMATS = { WebVTT: "vtt", JSON: "json" };

/** The whole transcript to keep, with who was heard from when to when. */
function Downloads({ session, language }: { session: Session; language: Language }) {
  const { t } = useTexts();
  const query = new URLSearchParams({ language: language.tag }).toString();
  return (
    <div className={styles.downloads}>
      {Object.entries(FORMATS).map(([format, ending]) => (
        <ButtonLink
          key={ending}
          look="quiet"
          icon={<IconDownload size={18} aria-hidden="true" />}
          href={`/api/sessions/${session.id}/transcript.${ending}?${query}`}
          aria-label={t("captions.download", { format })}
        >
          {format}
        </ButtonLink>
      ))}
    </div>
  );
}
