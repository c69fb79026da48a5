import { backoffMs } from "../common/backoff";
import {
  parseServerMessage,
  type ClientMessage,
  type Command,
  type ServerMessage,
} from "./messages";

const PING_MS = 2000;
/** Pings are answered at once: a line that is quiet for so long is dead. */
const QUIET_MS = 7000;
/** A gesture older than this would come as a surprise: it is dropped, and that is said. */
const COMMAND_LASTS_MS = 12_000;
const MOST_WAITING = 16;
/** Nobody is signed in, not allowed any more, no such session: coming back changes nothing. */
const FINAL_CODES = [4401, 4403, 4404];

export type Connection = "connecting" | "open" | "lost" | "refused";

export interface SocketHandlers {
  onMessage: (message: ServerMessage, nowMs: number) => void;
  onConnection: (connection: Connection) => void;
  /** A command was not answered in time. */
  onUnanswered: (command: Command) => void;
}

interface Waiting {
  command: Command;
  sinceMs: number;
}

/**
 * One line to the service that comes back after every loss. A command keeps its id and is sent
 * again on every new line until it is answered; everything else is only sent while the line is up.
 */
export class LiveSocket {
  private socket: WebSocket | null = null;
  private tries = 0;
  private heardMs = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private readonly waiting = new Map<string, Waiting>();
  private closed = true;
  /** This line's hello has come. */
  private greeted = false;

  constructor(
    private readonly address: string,
    private readonly handlers: SocketHandlers,
    private readonly nowMs: () => number = Date.now,
  ) {}

  open(): void {
    if (!this.closed) return;
    this.closed = false;
    this.handlers.onConnection("connecting");
    this.connect();
    this.beat = setInterval(() => this.tick(), PING_MS);
    window.addEventListener("online", this.wake);
  }

  close(): void {
    this.closed = true;
    clearInterval(this.beat);
    clearTimeout(this.retry);
    window.removeEventListener("online", this.wake);
    this.socket?.close();
    this.socket = null;
  }

  /** Sends a command, now and after a reconnection, until it is answered. */
  command(command: Command): void {
    if (this.waiting.size >= MOST_WAITING) return this.handlers.onUnanswered(command);
    this.waiting.set(command.id, { command, sinceMs: this.nowMs() });
    this.send(command);
  }

  /** Sends if the line is up. */
  send(message: ClientMessage): boolean {
    if (!this.greeted || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  private readonly wake = () => {
    if (this.socket?.readyState === WebSocket.OPEN) return;
    clearTimeout(this.retry);
    this.connect();
  };

  private connect(): void {
    this.socket?.close();
    const socket = new WebSocket(this.address);
    this.socket = socket;
    this.greeted = false;
    socket.addEventListener("open", () => {
      if (socket !== this.socket) return;
      this.heardMs = this.nowMs();
    });
    socket.addEventListener("message", (event) => {
      if (socket !== this.socket) return;
      this.heardMs = this.nowMs();
      this.tries = 0;
      const message = parseServerMessage(event.data);
      if (!message) return;
      if (message.type === "answer") this.waiting.delete(message.command_id);
      if (message.type === "hello") this.greeted = true;
      this.handlers.onMessage(message, this.heardMs);
      if (message.type === "hello") this.goOn();
    });
    socket.addEventListener("close", (event) => {
      if (socket !== this.socket || this.closed) return;
      this.socket = null;
      if (FINAL_CODES.includes(event.code)) {
        this.close();
        this.handlers.onConnection("refused");
        return;
      }
      this.handlers.onConnection("lost");
      this.retry = setTimeout(() => this.connect(), backoffMs(this.tries));
      this.tries += 1;
    });
  }

  /** Before its hello the service hears nothing. */
  private goOn(): void {
    this.handlers.onConnection("open");
    for (const { command } of this.waiting.values()) this.send(command);
    this.send({ type: "ping", t: this.nowMs() });
  }

  private tick(): void {
    const nowMs = this.nowMs();
    for (const { command, sinceMs } of this.waiting.values()) {
      if (nowMs - sinceMs < COMMAND_LASTS_MS) continue;
      this.waiting.delete(command.id);
      this.handlers.onUnanswered(command);
    }
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    if (nowMs - this.heardMs > QUIET_MS) this.socket.close(4000, "quiet");
    else this.send({ type: "ping", t: nowMs });
  }
}

/** The websocket's address on the page's own host. */
export function liveAddress(path: string): string {
  return `${location.origin.replace(/^http/, "ws")}${path}`;
}
