import { useEffect, useState } from "react";
import { Button } from "../../common/Button";
import { useTexts } from "../../i18n/useTexts";
import { ACTIONS, assigned, chord, isFree, type Action, type KeyMap } from "../keys/keymap";
import { useKeyLabels } from "../keys/useKeyLabels";
import type { Settings } from "../settings";
import styles from "./Panel.module.css";

interface KeyHelpProps {
  keys: KeyMap;
  onChange: (change: (now: Settings) => Settings) => void;
}

/** All keys, each to be changed: choose its button, then press the new key. */
export function KeyHelp({ keys, onChange }: KeyHelpProps) {
  const { t } = useTexts();
  const label = useKeyLabels();
  const [changing, setChanging] = useState<Action | null>(null);

  useEffect(() => {
    if (changing === null) return;
    const onKey = (event: KeyboardEvent) => {
      event.stopPropagation();
      event.preventDefault();
      const isLeft = event.code === "Escape" || event.code === "Tab";
      if (!isLeft && !isFree(event)) return;
      if (!isLeft) {
        onChange((now) => ({ ...now, keys: { ...assigned(keys, changing, chord(event)) } }));
      }
      setChanging(null);
    };
    document.documentElement.dataset["capturing"] = "";
    window.addEventListener("keydown", onKey, true);
    return () => {
      delete document.documentElement.dataset["capturing"];
      window.removeEventListener("keydown", onKey, true);
    };
  }, [changing, keys, onChange]);

  return (
    <>
      <p className={styles.soft}>{t("keys.hint")}</p>
      <table className={styles.keys}>
        <tbody>
          {ACTIONS.map((action) => (
            <tr key={action}>
              <td>{t(`key.${action}`)}</td>
              <td>
                <Button
                  look="quiet"
                  aria-pressed={changing === action}
                  onClick={() => setChanging(action)}
                >
                  {changing === action ? (
                    t("keys.press")
                  ) : (
                    <kbd className={styles.key}>{label(keys[action])}</kbd>
                  )}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button look="plain" onClick={() => onChange((now) => ({ ...now, keys: {} }))}>
        {t("keys.reset")}
      </Button>
    </>
  );
}
