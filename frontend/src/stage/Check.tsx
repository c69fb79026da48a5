import { IconBroadcast, IconMicrophone, IconPlayerRecord } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Session } from "../api/types";
import { Button } from "../common/Button";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { TEST_SECONDS, useTestRecording } from "../microphone/useTestRecording";
import { Meter } from "../microphone/Meter";
import { MicrophonePicker, type Microphone } from "../microphone/MicrophonePicker";
import { MicrophoneTrouble } from "../microphone/MicrophoneTrouble";
import styles from "./Stage.module.css";

interface CheckProps {
  session: Session;
  microphone: Microphone;
  /** What the speaker may choose. */
  choices: ReactNode;
  onGo: () => void;
}

/** The device check: permission, level, a test to hear oneself; then one button. */
export function Check({ session, microphone, choices, onGo }: CheckProps) {
  const { t } = useTexts();
  const { time } = useFormats();
  const test = useTestRecording(microphone.stream);

  if (!microphone.stream) {
    return (
      <section className={styles.card}>
        <h2>{t("stage.check")}</h2>
        {microphone.problem ? (
          <MicrophoneTrouble microphone={microphone} />
        ) : (
          <>
            <p className={styles.soft}>{t("stage.allow.text")}</p>
            <Button
              className={styles.big}
              icon={<IconMicrophone size={24} />}
              onClick={() => void microphone.open()}
            >
              {t("stage.allow")}
            </Button>
          </>
        )}
      </section>
    );
  }

  const notYet = session.state === "planned";
  return (
    <>
      <section className={styles.card}>
        <h2>{t("stage.check")}</h2>
        <MicrophonePicker microphone={microphone} />
        <Meter stream={microphone.stream} />
        <div className={styles.row}>
          <Button
            look="plain"
            icon={<IconPlayerRecord size={20} />}
            disabled={test.state === "recording" || test.state === "playing"}
            onClick={test.start}
          >
            {t("test.start", { seconds: TEST_SECONDS })}
          </Button>
          <span role="status" className={styles.soft}>
            {t(`test.${test.state}`)}
          </span>
        </div>
      </section>
      {choices}
      <section className={styles.card}>
        <Button
          className={styles.big}
          icon={<IconBroadcast size={26} />}
          onClick={() => {
            test.cancel();
            onGo();
          }}
        >
          {t("stage.go")}
        </Button>
        <p className={styles.soft}>
          {!notYet && t("stage.go.hint")}
          {notYet &&
            (session.starts_at
              ? t("stage.go.later", { time: time(session.starts_at) })
              : t("stage.go.waits"))}
        </p>
      </section>
    </>
  );
}
