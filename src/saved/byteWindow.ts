import type { ByteSource } from "./randomAccess.js";

const WINDOW = 1 << 16;

/** Single bytes of a source, for parsers that go through it one by one: only a window of it is in memory. */
export class ByteWindow {
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;

  constructor(readonly source: ByteSource) {}

  /** Throws UserError beyond the end. */
  at(place: number): number {
    const byte = this.#bytes[place - this.#start];
    if (byte !== undefined) return byte;
    this.#start = place;
    this.#bytes = this.source.read(place, Math.max(1, Math.min(WINDOW, this.source.size - place)));
    return this.#bytes[0] ?? 0;
  }
}
