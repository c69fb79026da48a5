import { IconHeadset, IconMicrophone, IconPlayerRecord } from "@tabler/icons-react";
import { useEffect } from "react";
import { Button } from "../common/Button";
import { Select } from "../common/Field";
import { StateTag } from "../common/StateTag";
import { useFormats } from "../i18n/useFormats";
import { useTexts } from "../i18n/useTexts";
import { useLive } from "../live/store";
import { Meter } from "../microphone/Meter";
import { MicrophoneTrouble } from "../microphone/MicrophoneTrouble";
import { TEST_SECONDS, useTestRecording } from "../microphone/useTestRecording";
import styles from "./Preflight.module.css";
import { OwnName } from "./OwnName";
import type { BoothParts } from "./parts";

type PreflightProps = BoothParts & { onEnter: () => void };

/** Before the booth: who one is here, the microphone, the headset, the line. */
export function Preflight({ onEnter, ...parts }: PreflightProps) {
  const { t } = useTexts();
  const { known, microphone } = parts;
  return (
    <main className={styles.page} data-state="preflight">
      <header>
        <h1>
          <bdi>{known.booth_name}</bdi> · <bdi>{known.session.title}</bdi>
        </h1>
        <p className={styles.soft}>
          <bdi>{known.me.name}</bdi> · <bdi lang={known.language.tag}>{known.language.name}</bdi> ·{" "}
          <bdi>{known.room_name}</bdi>
        </p>
      </header>
      <Devices {...parts} />
      <section className={styles.card}>
        <Button
          className={styles.big}
          disabled={microphone.stream === null}
          icon={<IconHeadset size={26} />}
          onClick={() => {
            parts.sound.hearing.resume();
            onEnter();
          }}
        >
          {t("preflight.enter")}
        </Button>
        <p className={styles.soft}>{t("preflight.enter.hint")}</p>
      </section>
    </main>
  );
}

function toneOfLoss(loss: number | null) {
  if (loss === null) return "calm";
  return loss > 0.02 ? "attention" : "ready";
}

/** Microphone, headset, name and line; also from within the console. */
export function Devices({ known, live, sound, stage, microphone, ear, headset }: BoothParts) {
  const { t } = useTexts();
  const { tenths } = useFormats();
  const test = useTestRecording(ear, headset.sinkId);
  const roundTripS = useLive(live.store, (state) => state.roundTripS);
  const milliseconds = (s: number | null) =>
    s === null ? "–" : t("preflight.ms", { ms: Math.round(s * 1000) });
  const percent = (part: number | null) =>
    part === null ? "–" : t("preflight.percent", { percent: tenths(part * 100) });

  // The microphone is asked for at once: without it nothing here has a sense.
  const { stream, problem, open } = microphone;
  useEffect(() => {
    if (stream === null && problem === null) void open();
  }, [stream, problem, open]);

  return (
    <>
      <section className={styles.card}>
        <h2>
          <IconMicrophone size={22} aria-hidden="true" /> {t("preflight.microphone")}
        </h2>
        <MicrophoneTrouble microphone={microphone} />
        {stream && (
          <>
            <Select
              label={t("mic.choose")}
              value={microphone.deviceId}
              options={microphone.devices.map((device, index) => ({
                value: device.deviceId,
                label: device.label || t("mic.unnamed", { number: index + 1 }),
              }))}
              onChange={microphone.choose}
            />
            <Meter stream={ear} />
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
          </>
        )}
      </section>
      <section className={styles.card}>
        <h2>
          <IconHeadset size={22} aria-hidden="true" /> {t("preflight.headset")}
        </h2>
        {headset.possible && headset.devices.length > 0 ? (
          <Select
            label={t("preflight.headset.choose")}
            value={headset.sinkId}
            options={[
              { value: "", label: t("preflight.headset.usual") },
              ...headset.devices
                .filter(({ deviceId }) => deviceId !== "default")
                .map((device, index) => ({
                  value: device.deviceId,
                  label: device.label || t("preflight.headset.unnamed", { number: index + 1 }),
                })),
            ]}
            onChange={headset.choose}
          />
        ) : (
          <p className={styles.soft}>{t("preflight.headset.system")}</p>
        )}
        <div className={styles.row}>
          <Button
            look="plain"
            onClick={() => {
              sound.hearing.resume();
              sound.hearing.chime();
            }}
          >
            {t("preflight.headset.try")}
          </Button>
        </div>
      </section>
      <OwnName known={known} />
      <section className={styles.card}>
        <h2>{t("preflight.line")}</h2>
        <dl className={styles.line}>
          <dt>{t("preflight.service")}</dt>
          <dd>
            <StateTag tone={live.connection === "open" ? "ready" : "attention"}>
              {live.connection === "open" ? milliseconds(roundTripS) : t("listen.reconnecting")}
            </StateTag>
          </dd>
          <dt>{t("preflight.media")}</dt>
          <dd>
            <StateTag tone={stage.phase === "on" ? "ready" : "attention"}>
              {stage.phase === "on" ? milliseconds(stage.roundTripS) : t("listen.connecting")}
            </StateTag>
          </dd>
          <dt>{t("preflight.lossOut")}</dt>
          <dd>
            <StateTag tone={toneOfLoss(stage.lossOut)}>{percent(stage.lossOut)}</StateTag>
          </dd>
          <dt>{t("preflight.lossIn")}</dt>
          <dd>
            <StateTag tone={toneOfLoss(stage.lossIn)}>{percent(stage.lossIn)}</StateTag>
          </dd>
        </dl>
      </section>
    </>
  );
}
