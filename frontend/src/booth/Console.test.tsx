// @vitest-environment jsdom
import { act } from "@testing-library/react";
import { Profiler } from "react";
import { expect, test } from "vitest";
import { CaptionStore } from "../common/captions/store";
import { boothOf, helloOf, report } from "../testing/booth";
import { serve } from "../testing/service";
import { show } from "../testing/workplace";

await serve(() => [200, { items: [] }]);
const { Console } = await import("./Console");

const TAGS = ["es", ...Array.from({ length: 49 }, (_, at) => `l${at}`)];

function console_() {
  const booth = boothOf(TAGS);
  const captions = new CaptionStore();
  const count = { renders: 0, ms: 0 };
  booth.store.receive(helloOf(TAGS), Date.now());
  show(
    <Profiler
      id="console"
      onRender={(_, __, ms) => {
        count.renders += 1;
        count.ms += ms;
      }}
    >
      <Console
        {...booth.parts}
        captions={captions}
        heard={{ exposure: { seconds: 0, energy: 0 } as never, limitedDb: 0 }}
        deaf={false}
        notice={null}
        say={() => undefined}
        onMuted={() => undefined}
      />
    </Profiler>,
  );
  count.renders = 0;
  count.ms = 0;
  return { ...booth, captions, count };
}

test("ten seconds of fifty channels' reports", () => {
  const { store, count } = console_();
  for (let second = 0; second < 10; second += 1) {
    for (const tag of TAGS) {
      act(() => store.receive(report(tag, { level_db: -20 - second }), Date.now()));
    }
  }
  console.log(count);
  expect(count.renders).toBeLessThan(1000);
});
