// @vitest-environment jsdom
import { createServer, type Server } from "node:http";
import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { session } from "../testing/fakes";
import type { Command, ServerMessage } from "./messages";
import { LiveSocket, type Connection } from "./socket";

const HELLO: ServerMessage = {
  type: "hello",
  now_s: 0,
  session: session("live"),
  channels: [],
  facts: {},
};

/** A websocket server of its own: text frames up to 64 kB, no fragments. */
class Line {
  readonly received: { type: string; id?: string }[] = [];
  readonly sockets: Duplex[] = [];
  private server: Server = createServer();

  async open(): Promise<number> {
    this.server.on("upgrade", (request, socket) => {
      const key = request.headers["sec-websocket-key"] ?? "";
      const accept = createHash("sha1")
        .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest("base64");
      socket.write(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
          `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
      this.sockets.push(socket);
      this.say(HELLO);
      socket.on("data", (frame: Buffer) => this.read(frame));
      socket.on("error", () => undefined);
    });
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    const address = this.server.address();
    if (!address || typeof address === "string") throw new Error("no port");
    return address.port;
  }

  close() {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  cut() {
    this.sockets.at(-1)?.destroy();
  }

  refuse(code: number) {
    this.sockets.at(-1)?.end(Buffer.from([0x88, 2, code >> 8, code & 255]));
  }

  say(message: ServerMessage) {
    const text = Buffer.from(JSON.stringify(message));
    const head =
      text.length < 126 ? [0x81, text.length] : [0x81, 126, text.length >> 8, text.length & 255];
    this.sockets.at(-1)?.write(Buffer.concat([Buffer.from(head), text]));
  }

  private read(frames: Buffer) {
    let at = 0;
    while (at + 2 <= frames.length) {
      const opcode = (frames[at] ?? 0) & 15;
      let length = (frames[at + 1] ?? 0) & 127;
      at += 2;
      if (length === 126) {
        length = frames.readUInt16BE(at);
        at += 2;
      }
      const mask = frames.subarray(at, at + 4);
      const text = frames
        .subarray(at + 4, at + 4 + length)
        .map((byte, i) => byte ^ (mask[i % 4] ?? 0));
      at += 4 + length;
      if (opcode === 1) this.received.push(JSON.parse(text.toString()) as { type: string });
    }
  }
}

const take: Command = {
  type: "command",
  id: "c1",
  language: "es",
  gesture: "take",
  to: "",
  countdown_s: 0,
};

let line: Line;
let socket: LiveSocket;
let connections: Connection[];
let unanswered: Command[];
let clockMs: number;

beforeEach(async () => {
  line = new Line();
  connections = [];
  unanswered = [];
  clockMs = 0;
  socket = new LiveSocket(
    `ws://127.0.0.1:${await line.open()}/`,
    {
      onMessage: () => undefined,
      onConnection: (connection) => connections.push(connection),
      onUnanswered: (command) => unanswered.push(command),
    },
    () => clockMs,
  );
  socket.open();
  await expect.poll(() => connections.at(-1)).toBe("open");
});
afterEach(() => {
  socket.close();
  line.close();
});

const commands = () => line.received.filter(({ type }) => type === "command");

test("a command is sent again after a loss, with its id, until it is answered", async () => {
  socket.command(take);
  await expect.poll(commands).toHaveLength(1);
  line.cut();
  await expect.poll(commands, { timeout: 10_000 }).toEqual([take, take]);
  line.say({ type: "answer", command_id: "c1", refusal: null, message: "" });
  line.say({ type: "floor", speaking: true });
  await new Promise((resolve) => setTimeout(resolve, 100));
  line.cut();
  await expect.poll(() => connections.filter((c) => c === "open").length).toBe(3);
  socket.send({ type: "ping", t: 7 });
  await expect.poll(() => line.received.at(-1)).toEqual({ type: "ping", t: 7 });
  expect(commands()).toHaveLength(2);
});

test("a command that nobody answers is given up, and that is said", async () => {
  socket.command(take);
  clockMs = 13_000;
  await expect.poll(() => unanswered, { timeout: 5000 }).toEqual([take]);
});

test("a refusal is final", async () => {
  line.refuse(4403);
  await expect.poll(() => connections.at(-1)).toBe("refused");
  expect(line.sockets).toHaveLength(1);
});
