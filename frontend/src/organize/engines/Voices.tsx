import { IconPlus } from "@tabler/icons-react";
import { useId, useRef } from "react";
import { chooseVoices, readVoices } from "../../api/voices";
import { Button } from "../../common/Button";
import { useAsked } from "../../common/useAsked";
import { useTexts } from "../../i18n/useTexts";
import { useChoices } from "../hooks/useChoices";
import { NotRead } from "../NotRead";
import page from "../Organize.module.css";
import { Problem } from "../Problem";
import styles from "./Engines.module.css";
import { VoiceForm } from "./VoiceForm";
import { VoiceRow } from "./VoiceRow";
import { voiceId } from "./voices";

/** With which voices an event's engines speak. */
export function Voices({ event }: { event: string }) {
  const { t } = useTexts();
  const { answer, problem: unread, refresh } = useAsked(() => readVoices(event), null);
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const voices = answer?.voices ?? [];
  const engines = answer?.engines ?? [];
  const choices = useChoices({
    choices: voices,
    idOf: voiceId,
    put: async (all) => {
      await chooseVoices(event, all);
      await refresh();
    },
    heading,
  });

  return (
    <section className={page.card} aria-labelledby={titleId}>
      <div className={page.title}>
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {t("voices.title")}
        </h2>
        {answer && !choices.adding && (
          <Button
            id={choices.addId}
            look="plain"
            icon={<IconPlus size={20} />}
            disabled={choices.locked}
            onClick={choices.add}
          >
            {t("voices.add")}
          </Button>
        )}
      </div>
      <p className={page.soft}>{t("voices.text")}</p>
      {!answer && <NotRead failed={Boolean(unread)} onAgain={() => void refresh()} />}
      {choices.adding && (
        <VoiceForm
          title={t("voices.add")}
          voices={voices}
          engines={engines}
          onSave={(voice) => choices.save(voice)}
          onCancel={() => choices.close()}
        />
      )}
      <Problem text={choices.problem} />
      {voices.length > 0 && (
        <ul className={styles.wishes}>
          {voices.map((voice) => (
            <VoiceRow
              key={voiceId(voice)}
              voice={voice}
              locked={choices.locked}
              onEdit={() => choices.edit(voice)}
              onRemove={() => choices.remove(voice)}
            >
              {choices.edits(voice) && (
                <VoiceForm
                  title={t("voices.edit")}
                  voice={voice}
                  voices={voices}
                  engines={engines}
                  onSave={(changed) => choices.save(changed, voice)}
                  onCancel={() => choices.close(voiceId(voice))}
                />
              )}
            </VoiceRow>
          ))}
        </ul>
      )}
      {answer && voices.length === 0 && !choices.locked && (
        <p role="status" className={page.soft}>
          {t("voices.none")}
        </p>
      )}
    </section>
  );
}
