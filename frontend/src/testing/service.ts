import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, vi } from "vitest";

interface Asked {
  method: string;
  url: URL;
  /** What the page sent; null: nothing. */
  body: unknown;
}

/** A status and what is said with it; null: nothing. */
type Answer = readonly [status: number, said: unknown];

/**
 * A small service on loopback for one file of tests: the page asks it as it asks the real one.
 * Import the page after this: it reads its address once.
 */
export async function serve(answer: (asked: Asked) => Answer): Promise<void> {
  const server = createServer((incoming, outgoing) => {
    void askedBy(incoming).then((asked) => {
      const [status, said] = answer(asked);
      outgoing.writeHead(status, { "content-type": "application/json" });
      outgoing.end(said === null ? undefined : JSON.stringify(said));
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal("location", { origin: `http://127.0.0.1:${port}` });
  afterAll(() => {
    vi.unstubAllGlobals();
    server.close();
  });
}

async function askedBy(incoming: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return {
    method: incoming.method ?? "",
    url: new URL(incoming.url ?? "", "http://service"),
    body: text ? (JSON.parse(text) as unknown) : null,
  };
}
