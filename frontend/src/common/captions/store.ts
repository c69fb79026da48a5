import type { AnyCaption, CaptionMessage } from "./messages";
import { EMPTY, hear, load, receive, type Transcript } from "./transcript";
import type { Voice } from "./voices";

/** The transcripts of a session, one a language, for React to read. */
export class CaptionStore {
  private readonly transcripts = new Map<string, Transcript>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  of(language: string): Transcript {
    return this.transcripts.get(language) ?? EMPTY;
  }

  receive(message: CaptionMessage): void {
    this.put(message.language, receive(this.of(message.language), message));
  }

  load(language: string, captions: readonly AnyCaption[], more: boolean): void {
    this.put(language, load(this.of(language), captions, more));
  }

  hear(language: string, voices: readonly Voice[]): void {
    this.put(language, hear(this.of(language), voices));
  }

  private put(language: string, transcript: Transcript): void {
    if (transcript === this.of(language)) return;
    this.transcripts.set(language, transcript);
    for (const listener of this.listeners) listener();
  }
}
