import { Button } from "../../common/Button";
import { useTexts } from "../../i18n/useTexts";
import type { ConsoleState } from "../hooks/useConsole";
import { channelSource, type Source } from "../sound/mix";
import styles from "./Panel.module.css";

/** Everything that can be listened to. Tab moves, Enter chooses. */
export function Sources({ booth, onDone }: { booth: ConsoleState; onDone: () => void }) {
  const { t } = useTexts();
  const choose = (source: Source) => {
    booth.front(source);
    onDone();
  };
  return (
    <div className={styles.sources}>
      <Button look="plain" onClick={() => choose("floor")}>
        {t("hear.floor")}
      </Button>
      {booth.channels
        .filter(({ language }) => booth.others.includes(language.tag))
        .map(({ language, booth: there }) => (
          <Button
            key={language.tag}
            look="plain"
            onClick={() => choose(channelSource(language.tag))}
          >
            <span lang={language.tag} dir={language.direction}>
              {language.name}
            </span>
            <span className={styles.soft}>{there ? t("hear.booth") : t("air.machine")}</span>
          </Button>
        ))}
    </div>
  );
}
