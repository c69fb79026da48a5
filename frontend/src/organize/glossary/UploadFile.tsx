import { IconUpload } from "@tabler/icons-react";
import { useRef, useState, type DragEvent } from "react";
import { Button } from "../../common/Button";
import { CheckBox } from "../../common/Field";
import { useTexts } from "../../i18n/useTexts";
import { useAction } from "../hooks/useAction";
import { useFocusNext } from "../hooks/useFocusNext";
import page from "../Organize.module.css";
import { Problem } from "../Problem";
import styles from "./Glossary.module.css";

const UPLOAD = "glossary-upload";
const CHOOSE = "glossary-choose";

interface UploadProps {
  /** There is nothing that a file could replace. */
  empty: boolean;
  /** How many terms came in. */
  onUpload: (file: File, replace: boolean) => Promise<number>;
}

/** A file is chosen or dropped; then said whether its terms are added or replace all others. */
export function UploadFile({ empty, onUpload }: UploadProps) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  const input = useRef<HTMLInputElement>(null);
  const focusNext = useFocusNext(input);
  const [file, setFile] = useState<File | null>(null);
  const [over, setOver] = useState(false);
  const [replace, setReplace] = useState(false);
  const [said, setSaid] = useState("");
  const replaces = replace && !empty;

  const choose = (chosen: File | undefined) => {
    if (!chosen || busy) return;
    setFile(chosen);
    setReplace(false);
    setSaid("");
    focusNext(UPLOAD);
  };
  const leave = () => {
    setFile(null);
    focusNext(CHOOSE);
  };
  const upload = async () => {
    if (!file) return;
    const { name } = file;
    setSaid(t("glossary.uploading", { name }));
    const done = await run(async () => {
      const count = await onUpload(file, replaces);
      setSaid(t("glossary.uploaded", { count, name }));
    });
    if (!done) setSaid("");
    // A file that was refused is corrected and chosen anew: browsers do not read a changed one.
    leave();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  };

  return (
    // Dropping is a short cut for the button.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={styles.choice}>
        <div>
          <p>{t("glossary.drop")}</p>
          <p className={styles.hint}>{t("glossary.drop.hint")}</p>
        </div>
        <Button
          id={CHOOSE}
          look="plain"
          icon={<IconUpload size={20} />}
          disabled={busy}
          onClick={() => input.current?.click()}
        >
          {t("glossary.choose")}
        </Button>
        <input
          ref={input}
          hidden
          type="file"
          accept=".csv,.tsv,.txt,.tbx,.xml"
          aria-label={t("glossary.choose")}
          onChange={(event) => {
            choose(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      {file && (
        <section className={page.confirm} aria-label={t("glossary.file", { name: file.name })}>
          <strong>
            <bdi>{file.name}</bdi>
          </strong>
          {!empty && !busy && (
            <CheckBox
              label={t("glossary.replace.check")}
              hint={t("glossary.replace.hint")}
              checked={replace}
              onChange={setReplace}
            />
          )}
          <div className={page.actions}>
            <Button
              id={UPLOAD}
              look={replaces ? "grave" : "main"}
              busy={busy}
              onClick={() => void upload()}
            >
              {t(replaces ? "glossary.replace" : "glossary.upload")}
            </Button>
            {!busy && (
              <Button look="quiet" onClick={leave}>
                {t("common.cancel")}
              </Button>
            )}
            {busy && <progress className={styles.progress} aria-label={said} />}
          </div>
        </section>
      )}
      <p role="status" className={styles.said}>
        {said}
      </p>
      <Problem text={problem} />
    </div>
  );
}
