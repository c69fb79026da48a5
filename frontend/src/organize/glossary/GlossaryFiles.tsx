import { IconDownload, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { glossaryFile } from "../../api/glossary";
import { Button, ButtonLink } from "../../common/Button";
import { useTexts } from "../../i18n/useTexts";
import { Confirm } from "../Confirm";
import page from "../Organize.module.css";
import { UploadFile } from "./UploadFile";

interface FilesProps {
  slug: string;
  empty: boolean;
  onUpload: (file: File, replace: boolean) => Promise<number>;
  onClear: () => Promise<void>;
  focusNext: () => void;
}

/** The glossary as a whole: into it, out of it, away with it. */
export function GlossaryFiles({ slug, empty, onUpload, onClear, focusNext }: FilesProps) {
  const { t } = useTexts();
  const [clearing, setClearing] = useState(false);
  const clear = async () => {
    await onClear();
    setClearing(false);
    focusNext();
  };
  return (
    <>
      <UploadFile empty={empty} onUpload={onUpload} />
      {!empty && (
        <div className={page.actions}>
          {(["csv", "tbx"] as const).map((kind) => (
            <ButtonLink
              key={kind}
              look="plain"
              icon={<IconDownload size={20} />}
              href={glossaryFile(slug, kind)}
            >
              {t(`glossary.${kind}`)}
            </ButtonLink>
          ))}
          <Button look="plain" icon={<IconTrash size={20} />} onClick={() => setClearing(true)}>
            {t("glossary.clear")}
          </Button>
        </div>
      )}
      <Confirm
        open={clearing}
        title={t("glossary.clear.title")}
        text={t("glossary.clear.text")}
        action={t("glossary.clear")}
        onConfirm={clear}
        onClose={() => setClearing(false)}
      />
    </>
  );
}
