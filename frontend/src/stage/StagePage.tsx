import { IconLinkOff, IconPlugConnectedX } from "@tabler/icons-react";
import { useState } from "react";
import { stageStatus } from "../api/stage";
import { Button } from "../common/Button";
import { Notice } from "../common/Notice";
import { useAsked } from "../common/useAsked";
import { useTexts } from "../i18n/useTexts";
import { Stage } from "./Stage";

const AGAIN_MS = 5000;
const REFUSALS = ["invitation_unknown", "invitation_expired", "session_ended"] as const;

/** The page behind a speaker's invitation. */
export function StagePage({ invitation }: { invitation: string }) {
  const { t } = useTexts();
  const { answer, problem, refresh } = useAsked(() => stageStatus(invitation), AGAIN_MS);
  const [speaking, setSpeaking] = useState(false);

  // Nobody is interrupted by an invitation that expires: it is for coming in.
  const stays = speaking && problem === "invitation_expired";
  const refusal = stays ? undefined : REFUSALS.find((code) => code === problem);
  if (refusal) {
    return (
      <main data-state={refusal}>
        <Notice
          whole
          icon={<IconLinkOff size={32} />}
          title={t(`stage.${refusal}.title`)}
          text={t(`stage.${refusal}.text`)}
        />
      </main>
    );
  }
  if (answer) {
    return (
      <Stage invitation={invitation} status={answer} onChanged={refresh} onSpeaking={setSpeaking} />
    );
  }
  if (problem) {
    return (
      <main data-state="unreachable">
        <Notice
          whole
          icon={<IconPlugConnectedX size={32} />}
          title={t("common.unreachable.title")}
          text={t("common.unreachable.text")}
        >
          <Button onClick={() => void refresh()}>{t("common.again")}</Button>
        </Notice>
      </main>
    );
  }
  return (
    <main data-state="loading">
      <Notice whole title={t("common.loading")} />
    </main>
  );
}
