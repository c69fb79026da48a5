// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { language, session } from "../testing/fakes";
import { withMedia } from "../testing/media";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

const status = {
  event: { slug: "summit", title: "Summit" },
  room_name: "Hall A",
  session: session("live", "es"),
  floor_language: language("en"),
  voice: "any",
};
const expired = [401, { code: "invitation_expired", message: "" }] as const;
let good = true;
let asked = 0;
let entered = 0;

/** Lets speakers in whose room cannot be reached, while their invitation is good. */
await serve(({ url }) => {
  if (new URL(url).pathname === "/api/stage") {
    entered += 1;
    return [200, { ...status, url: "ws://127.0.0.1:9", token: "t", room: "r", identity: "i" }];
  }
  asked += 1;
  return good ? [200, status] : expired;
});
const { StagePage } = await import("./StagePage");

beforeEach(() => {
  [good, asked, entered] = [true, 0, 0];
  withMedia();
  show(<StagePage invitation="token" />);
});

const press = async (name: string) => userEvent.click(await screen.findByRole("button", { name }));
/** Twice, so that the first answer has been read. */
const untilAskedAgain = async () => {
  for (let count = 0; count < 2; count += 1) {
    const before = asked;
    document.dispatchEvent(new Event("visibilitychange"));
    await waitFor(() => expect(asked).toBeGreaterThan(before));
  }
};

test("who is on the stage stays there when the invitation expires", async () => {
  await press("Use the microphone");
  await press("Go live");
  await waitFor(() => expect(entered).toBeGreaterThan(0));
  good = false;
  await untilAskedAgain();
  expect(screen.getByRole("button", { name: "Stop" })).toBeTruthy();
  await press("Stop");
  await screen.findByText("This invitation has expired");
});

test("who is not on the stage yet is told that the invitation has expired", async () => {
  await screen.findByRole("button", { name: "Use the microphone" });
  good = false;
  await untilAskedAgain();
  await screen.findByText("This invitation has expired");
});
