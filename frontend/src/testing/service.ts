import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, vi } from "vitest";

/** A status and what is said with it; null: nothing. */
export type Answer = readonly [status: number, said: unknown, headers?: Record<string, string>];

/**
 * A small service on loopback for one file of tests: the page asks it as it asks the real one.
 * Import the page after this: it reads its address once.
 */
export async function serve(answer: (asked: Request) => Answer | Promise<Answer>): Promise<void> {
  const server = createServer((incoming, outgoing) => {
    void requestOf(incoming)
      .then(answer)
      .then(([status, said, headers]) => {
        outgoing.writeHead(status, { "content-type": "application/json", ...headers });
        outgoing.end(said === null ? undefined : JSON.stringify(said));
      });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal("location", { origin: `http://127.0.0.1:${port}`, pathname: "/" });
  afterAll(() => {
    vi.unstubAllGlobals();
    server.close();
  });
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return new Request(new URL(incoming.url ?? "", "http://service"), {
    method: incoming.method ?? "GET",
    headers,
    body: chunks.length > 0 ? Buffer.concat(chunks) : null,
  });
}
