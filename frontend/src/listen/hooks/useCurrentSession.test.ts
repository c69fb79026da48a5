// @vitest-environment jsdom
import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Room, Session } from "../../api/types";
import { session } from "../../testing/fakes";
import { useCurrentSession } from "./useCurrentSession";

const room = (current: string | null, ...sessions: Session[]): Room => ({
  slug: "hall",
  name: "Hall",
  current_session_id: current,
  sessions,
});
const first = (state: Session["state"]) => ({ ...session(state), id: "first" });
const second = (state: Session["state"]) => ({ ...session(state), id: "second" });

test("a session that ended stays until the next one begins", () => {
  const { result, rerender } = renderHook(({ at }) => useCurrentSession(at), {
    initialProps: { at: room("first", first("live"), second("planned")) },
  });
  expect(result.current?.id).toBe("first");
  rerender({ at: room("second", first("ended"), second("planned")) });
  expect(result.current?.id).toBe("first");
  rerender({ at: room("second", first("ended"), second("live")) });
  expect(result.current?.id).toBe("second");
});

test("a room without sessions has none", () => {
  expect(renderHook(() => useCurrentSession(room(null))).result.current).toBeNull();
});
