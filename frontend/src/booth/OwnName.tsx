import { IconUser } from "@tabler/icons-react";
import { useState } from "react";
import { changePlace } from "../api/booth";
import type { BoothConsole } from "../api/types";
import { CheckBox } from "../common/Field";
import { useTexts } from "../i18n/useTexts";
import styles from "./Preflight.module.css";

/** Whether listeners read her name: hers to say, and to take back while she works. */
export function OwnName({ known }: { known: BoothConsole }) {
  const { t } = useTexts();
  const [agreed, setAgreed] = useState(known.me.show_name);
  const [failed, setFailed] = useState(false);
  const change = async (show_name: boolean) => {
    setFailed(false);
    try {
      setAgreed((await changePlace(known.session.id, { show_name })).me.show_name);
    } catch {
      setFailed(true);
    }
  };
  return (
    <section className={styles.card}>
      <h2>
        <IconUser size={22} aria-hidden="true" /> {t("preflight.name")}
      </h2>
      <CheckBox
        label={
          <>
            {t("preflight.name.show")}: <bdi>{known.me.name}</bdi>
          </>
        }
        hint={t("preflight.name.hint")}
        checked={agreed}
        onChange={(show_name) => void change(show_name)}
      />
      {failed && <p role="alert">{t("error.other")}</p>}
    </section>
  );
}
