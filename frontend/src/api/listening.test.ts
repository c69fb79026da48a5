import { expect, test, vi } from "vitest";
import { serve, type Answer } from "../testing/service";

let answer: Answer;
await serve(() => answer);
vi.stubGlobal("document", { cookie: "" });
const { listen } = await import("./listening");

test.each<[Answer, string, number | null]>([
  [[409, { code: "full", message: "" }], "full", null],
  [[429, { code: "too_many", message: "" }, { "retry-after": "20" }], "too_many", 20],
  [[429, null, { "retry-after": "20" }], "too_many", 20],
  [[503, null, { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }], "failed", null],
])("%j", async (refusal, code, retryAfterS) => {
  answer = refusal;
  await expect(listen("s1", "es")).rejects.toMatchObject({ code, retryAfterS });
});
