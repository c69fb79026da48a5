import { IconPlus } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import type { EventVoice } from "../../api/types";
import { chooseVoices, readVoices } from "../../api/voices";
import { Button } from "../../common/Button";
import { useAsked } from "../../common/useAsked";
import { useTexts } from "../../i18n/useTexts";
import { useAction } from "../hooks/useAction";
import { useFocusNext } from "../hooks/useFocusNext";
import page from "../Organize.module.css";
import { Problem } from "../Problem";
import styles from "./Engines.module.css";
import { NotRead } from "./NotRead";
import { VoiceForm } from "./VoiceForm";
import { VoiceRow } from "./VoiceRow";
import { isSame, voiceId, withVoice } from "./voices";

const NEW = "new";

/** With which voices an event's engines speak. */
export function Voices({ event }: { event: string }) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  const { answer, problem: unread, refresh } = useAsked(() => readVoices(event), null);
  const [open, setOpen] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const focusNext = useFocusNext(heading);
  const titleId = useId();
  const addId = useId();
  const voices = answer?.voices ?? [];
  const engines = answer?.engines ?? [];

  const close = (focus: string) => {
    setOpen(null);
    focusNext(focus);
  };
  const save = async (voice: EventVoice, before: EventVoice | null) => {
    await chooseVoices(event, withVoice(voices, voice, before));
    await refresh();
    close(before ? voiceId(voice) : addId);
  };
  const remove = (voice: EventVoice) =>
    run(async () => {
      await chooseVoices(
        event,
        voices.filter((each) => !isSame(each, voice)),
      );
      await refresh();
      focusNext();
    });

  return (
    <section className={page.card} aria-labelledby={titleId}>
      <div className={page.title}>
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {t("voices.title")}
        </h2>
        {answer && open !== NEW && (
          <Button
            id={addId}
            look="plain"
            icon={<IconPlus size={20} />}
            disabled={open !== null}
            onClick={() => setOpen(NEW)}
          >
            {t("voices.add")}
          </Button>
        )}
      </div>
      <p className={page.soft}>{t("voices.text")}</p>
      {!answer && <NotRead failed={Boolean(unread)} onAgain={() => void refresh()} />}
      {open === NEW && (
        <VoiceForm
          title={t("voices.add")}
          voice={null}
          voices={voices}
          engines={engines}
          onSave={(voice) => save(voice, null)}
          onCancel={() => close(addId)}
        />
      )}
      <Problem text={problem} />
      {voices.length > 0 && (
        <ul className={styles.wishes}>
          {voices.map((voice) => (
            <VoiceRow
              key={voiceId(voice)}
              voice={voice}
              locked={busy || open !== null}
              onEdit={() => setOpen(voiceId(voice))}
              onRemove={() => void remove(voice)}
            >
              {open === voiceId(voice) && (
                <VoiceForm
                  title={t("voices.edit")}
                  voice={voice}
                  voices={voices}
                  engines={engines}
                  onSave={(changed) => save(changed, voice)}
                  onCancel={() => close(voiceId(voice))}
                />
              )}
            </VoiceRow>
          ))}
        </ul>
      )}
      {answer && voices.length === 0 && open === null && (
        <p role="status" className={page.soft}>
          {t("voices.none")}
        </p>
      )}
    </section>
  );
}
