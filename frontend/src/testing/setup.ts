import { afterEach } from "vitest";

// Most tests are of pure logic and run without a document.
if (typeof document !== "undefined") {
  const { cleanup } = await import("@testing-library/react");
  afterEach(cleanup);
}
