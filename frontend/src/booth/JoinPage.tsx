import { IconHeadset } from "@tabler/icons-react";
import { Button } from "../common/Button";
import { Notice } from "../common/Notice";
import { usePageTitle } from "../common/usePageTitle";
import { useTexts } from "../i18n/useTexts";

/**
 * The page behind an invitation. Looking at it takes nothing: only the button claims the place,
 * so that no preview of the link in a chat uses it up.
 */
export function JoinPage() {
  const { t } = useTexts();
  usePageTitle(t("booth.join.title"));
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
  return (
    <main data-state="invited">
      <Notice
        whole
        icon={<IconHeadset size={32} />}
        title={t("booth.join.title")}
        text={t("booth.join.text")}
      >
        <form method="post" action={location.pathname}>
          <input type="hidden" name="csrfmiddlewaretoken" value={token} />
          <Button type="submit">{t("booth.join.action")}</Button>
        </form>
      </Notice>
    </main>
  );
}
