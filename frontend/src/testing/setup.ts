import { afterEach } from "vitest";

// Most tests are of pure logic and run without a document.
if (typeof document !== "undefined") {
  const { cleanup, configure } = await import("@testing-library/react");
  // A loaded machine is slow, not wrong.
  configure({ asyncUtilTimeout: 20_000 });
  afterEach(cleanup);
}
