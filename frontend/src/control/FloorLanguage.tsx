import { setFloorLanguage } from "../api/control";
import type { Session } from "../api/types";
import { Select } from "../common/Field";
import { useTexts } from "../i18n/useTexts";
import { type LiveStore, useLive } from "../live/store";

const DETECT = "detect";

interface FloorProps {
  store: LiveStore;
  session: Session;
  run: (action: () => Promise<unknown>) => Promise<boolean>;
}

/** What the floor speaks now: somebody says so, or it is found out from the sound. */
export function FloorLanguage({ store, session, run }: FloorProps) {
  const { t } = useTexts();
  const channels = useLive(store, (state) => state.channels);
  const spoken = useLive(store, (state) => state.floorLanguage) ?? session.source_language;
  const detects = useLive(store, (state) => state.detectsLanguage);
  const set = (tag: string) =>
    tag === DETECT
      ? setFloorLanguage(session.id, "", true)
      : setFloorLanguage(session.id, tag === session.source_language.tag ? "" : tag);
  return (
    <Select
      label={t("control.floorLanguage")}
      value={detects ? DETECT : spoken.tag}
      options={[
        {
          value: DETECT,
          label: detects ? t("control.detected", { language: spoken.name }) : t("control.detect"),
        },
        ...channels.map(({ language }) => ({ value: language.tag, label: language.name })),
      ]}
      onChange={(tag) => void run(() => set(tag))}
    />
  );
}
