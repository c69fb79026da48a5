import type { ReactNode, SubmitEvent } from "react";
import { useTexts } from "../../i18n/useTexts";
import { FormEnd } from "../FormEnd";
import { useAction } from "../hooks/useAction";
import { useFocusFirst } from "../hooks/useFocusFirst";
import page from "../Organize.module.css";

interface FormProps {
  title: string;
  /** What saving it would replace, in words. */
  replaces: string | false;
  complete: boolean;
  onSave: () => Promise<void>;
  onCancel: () => void;
  children: ReactNode;
}

/** The frame of a form that opens in its row: its first field has the focus. */
export function ChoiceForm({ title, replaces, complete, onSave, onCancel, children }: FormProps) {
  const { t } = useTexts();
  const { run, busy, problem } = useAction();
  const form = useFocusFirst();

  const submit = (submitted: SubmitEvent) => {
    submitted.preventDefault();
    void run(onSave);
  };

  return (
    <form ref={form} className={page.inner} aria-label={title} onSubmit={submit}>
      <h3>{title}</h3>
      {children}
      <p role="status" className={page.soft}>
        {busy ? t("common.loading") : replaces}
      </p>
      <FormEnd busy={busy} problem={problem} disabled={!complete} onCancel={onCancel} />
    </form>
  );
}
