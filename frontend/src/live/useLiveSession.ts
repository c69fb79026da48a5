import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ClientMessage, Command, Gesture, ServerMessage } from "./messages";
import { LiveSocket, liveAddress, type Connection } from "./socket";
import { LiveStore } from "./store";

export interface Live {
  store: LiveStore;
  connection: Connection;
  /** Asks for something; gives the command's id. */
  ask: (wish: Wish) => string;
  send: (message: ClientMessage) => boolean;
}

export interface Wish {
  language: string;
  gesture: Gesture;
  to?: string;
  countdownS?: number;
}

interface Handlers {
  onMessage?: (message: ServerMessage) => void;
  onUnanswered?: (command: Command) => void;
}

/**
 * A line to a running session, open as long as the component. `restMs`: see `LiveStore`.
 *
 * @example
 * const { store, ask } = useLiveSession("/ws/booth/s1", { onMessage });
 * ask({ language: "es", gesture: "take" });
 */
export function useLiveSession(path: string, handlers: Handlers, restMs = 0): Live {
  const [store] = useState(() => new LiveStore(restMs));
  const [connection, setConnection] = useState<Connection>("connecting");
  const newest = useRef(handlers);
  const line = useRef<LiveSocket | null>(null);
  useEffect(() => {
    newest.current = handlers;
  });

  useEffect(() => {
    const socket = new LiveSocket(liveAddress(path), {
      onConnection: setConnection,
      onMessage: (message, nowMs) => {
        store.receive(message, nowMs);
        newest.current.onMessage?.(message);
      },
      onUnanswered: (command) => newest.current.onUnanswered?.(command),
    });
    line.current = socket;
    socket.open();
    return () => socket.close();
  }, [path, store]);

  const ask = useCallback(({ language, gesture, to = "", countdownS = 0 }: Wish) => {
    const id = newId();
    line.current?.command({
      type: "command",
      id,
      language,
      gesture,
      to,
      countdown_s: countdownS,
    });
    return id;
  }, []);
  const send = useCallback((message: ClientMessage) => line.current?.send(message) ?? false, []);

  return useMemo(() => ({ store, connection, ask, send }), [store, connection, ask, send]);
}

/** A version 4 UUID. `crypto.randomUUID` needs https; random bytes do not. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
