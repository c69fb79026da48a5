// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { ApiError } from "../../api/errors";
import { useSearched } from "./useSearched";

interface Question {
  query: string;
  answer: (value: string) => void;
  refuse: (error: Error) => void;
}

/** A service that answers when the test says so. */
function searching() {
  const questions: Question[] = [];
  const ask = (query: string) =>
    new Promise<string>((answer, refuse) => questions.push({ query, answer, refuse }));
  const { result, rerender } = renderHook(({ query }) => useSearched(ask, query), {
    initialProps: { query: "" },
  });
  const settle = (at: number, how: (question: Question) => void) =>
    act(async () => {
      how(questions[at] as Question);
      await Promise.resolve();
    });
  return { questions, result, search: (query: string) => rerender({ query }), settle };
}

test("it asks at once and again for every new query", async () => {
  const { questions, result, search, settle } = searching();
  expect(result.current).toMatchObject({ answer: null, loading: true });
  await settle(0, ({ answer }) => answer("everything"));
  expect(result.current).toMatchObject({ answer: "everything", loading: false });
  search("ho");
  expect(result.current).toMatchObject({ answer: "everything", loading: true });
  await settle(1, ({ answer }) => answer("holding"));
  expect(result.current).toMatchObject({ answer: "holding", loading: false });
  expect(questions.map(({ query }) => query)).toEqual(["", "ho"]);
});

test("an answer that comes after the next question is dropped", async () => {
  const { result, search, settle } = searching();
  search("h");
  search("ho");
  await settle(2, ({ answer }) => answer("holding"));
  await settle(1, ({ answer }) => answer("hotel, holding"));
  await settle(0, ({ answer }) => answer("everything"));
  expect(result.current).toMatchObject({ answer: "holding", loading: false });
});

test("a failure is told and what was found stays; the next success clears it", async () => {
  const { result, settle } = searching();
  await settle(0, ({ answer }) => answer("everything"));
  const away = new ApiError(0, "unreachable", "The service could not be reached.");
  act(() => void result.current.refresh());
  await settle(1, ({ refuse }) => refuse(away));
  expect(result.current).toMatchObject({ answer: "everything", problem: away, loading: false });
  act(() => void result.current.refresh());
  await settle(2, ({ answer }) => answer("more"));
  expect(result.current).toMatchObject({ answer: "more", problem: null });
});
