import { TextInput } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { createOrganization } from "../api/organize";
import { Button } from "../common/Button";
import { useTexts } from "../i18n/useTexts";
import { useAction } from "./hooks/useAction";
import styles from "./Organize.module.css";
import { Problem } from "./Problem";

/** The first thing a newly signed-in person does. */
export function FirstOrganization({ onDone }: { onDone: () => Promise<void> }) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  const [name, setName] = useState("");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await run(() => createOrganization(name))) await onDone();
  };
  return (
    <form className={styles.card} onSubmit={(event) => void submit(event)}>
      <h1>{t("organization.title")}</h1>
      <p className={styles.soft}>{t("organization.text")}</p>
      <TextInput
        size="md"
        required
        label={t("organization.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Problem text={problem} />
      <div>
        <Button type="submit" busy={busy}>
          {t("organization.create")}
        </Button>
      </div>
    </form>
  );
}
