import { useSyncExternalStore } from "react";
import type { ServerMessage } from "./messages";
import { receive, UNKNOWN, type LiveState } from "./state";

/**
 * The state of a running session for React to read. Readers are told at once, and then at most every
 * `restMs`, so that fifty channels reporting in one second cost a few renderings and not fifty.
 */
export class LiveStore {
  state: LiveState = UNKNOWN;
  private readonly listeners = new Set<() => void>();
  private shown: LiveState = UNKNOWN;
  private shownMs = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly restMs = 0) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): LiveState => this.shown;

  receive(message: ServerMessage, nowMs: number): void {
    const before = this.state;
    this.state = receive(before, message, nowMs);
    if (this.state === before) return;
    if (this.restMs === 0) this.show();
    else {
      const restMs = this.shownMs + this.restMs - performance.now();
      this.timer ??= setTimeout(() => this.show(), restMs);
    }
  }

  private show(): void {
    this.timer = undefined;
    this.shown = this.state;
    this.shownMs = performance.now();
    for (const listener of this.listeners) listener();
  }
}

/**
 * A part of the live state. The component renders again only when that part is another one, so
 * `select` has to give what the state holds and build nothing.
 *
 * @example
 * const facts = useLive(store, (state) => factsOf(state, "es"));
 */
export function useLive<T>(store: LiveStore, select: (state: LiveState) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.snapshot()));
}
