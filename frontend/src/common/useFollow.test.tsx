// @vitest-environment jsdom
import { act, fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { useFollow } from "./useFollow";

/** A box of 100 px whose content is 20 px a line; jsdom lays nothing out by itself. */
function Box({ lines, onTop = () => undefined }: { lines: number[]; onTop?: () => void }) {
  const { ref, onScroll, following, backToEnd } = useFollow(lines, lines[0], onTop);
  return (
    <>
      <div
        data-testid="box"
        onScroll={onScroll}
        ref={(box) => {
          ref.current = box;
          if (!box) return;
          Object.defineProperty(box, "clientHeight", { configurable: true, value: 100 });
          Object.defineProperty(box, "scrollHeight", {
            configurable: true,
            value: lines.length * 20,
          });
          box.scrollTo = (to) => {
            box.scrollTop = (to as ScrollToOptions).top ?? 0;
          };
        }}
      />
      <button onClick={backToEnd}>{following ? "following" : "away"}</button>
    </>
  );
}

const box = () => screen.getByTestId("box");
const scrollTo = (top: number) => {
  box().scrollTop = top;
  fireEvent.scroll(box());
};
const upTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("new lines are followed", () => {
  const { rerender } = render(<Box lines={upTo(1, 20)} />);
  rerender(<Box lines={upTo(1, 30)} />);
  expect(box().scrollTop).toBe(600);
});

test("a reader who scrolled up is left there, and can go back", () => {
  const { rerender } = render(<Box lines={upTo(1, 50)} />);
  scrollTo(400);
  expect(screen.getByRole("button").textContent).toBe("away");
  rerender(<Box lines={upTo(1, 60)} />);
  expect(box().scrollTop).toBe(400);
  act(() => screen.getByRole("button").click());
  expect(screen.getByRole("button").textContent).toBe("following");
  expect(box().scrollTop).toBe(1200);
});

test("older lines above do not move what is read", () => {
  const { rerender } = render(<Box lines={upTo(51, 100)} />);
  scrollTo(300);
  rerender(<Box lines={upTo(1, 100)} />);
  expect(box().scrollTop).toBe(1300);
});

test("near the top it asks for older lines", () => {
  let asked = 0;
  render(<Box lines={upTo(1, 50)} onTop={() => (asked += 1)} />);
  scrollTo(600);
  expect(asked).toBe(0);
  scrollTo(100);
  expect(asked).toBe(1);
});
