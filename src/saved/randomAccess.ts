import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { UserError } from "../base/userError.js";

/** Bytes that can be read anywhere without reading all of them. */
export interface ByteSource {
  /** How messages name it. */
  readonly name: string;
  readonly size: number;
  /** A copy of these bytes. Throws UserError where they are not all inside the source. */
  read(offset: number, length: number): Uint8Array;
}

/** Files are read ahead by this much, as readers of formats ask for a few bytes at a time. */
const PAGE = 1 << 16;

/** A file opened for reading; whoever opens it closes it (`withFile` does). Blocks while it reads: parsers that wait for each byte are many times slower. */
class RandomAccessFile implements ByteSource {
  readonly size: number;
  readonly #descriptor: number;
  #page: Uint8Array = new Uint8Array(0);
  #pageStart = 0;

  constructor(readonly name: string) {
    this.#descriptor = openSync(name, "r");
    this.size = fstatSync(this.#descriptor).size;
  }

  read(offset: number, length: number): Uint8Array {
    checkInside(this, offset, length);
    if (length > PAGE) return this.#load(offset, length);
    if (offset < this.#pageStart || offset + length > this.#pageStart + this.#page.length) {
      this.#page = this.#load(offset, Math.min(PAGE, this.size - offset));
      this.#pageStart = offset;
    }
    return this.#page.slice(offset - this.#pageStart, offset - this.#pageStart + length);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #load(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const count = readSync(this.#descriptor, bytes, filled, length - filled, offset + filled);
      if (count === 0) throw new UserError(`${this.name} became shorter while it was read; read it again.`);
      filled += count;
    }
    return bytes;
  }
}

/** Bytes in memory as a source, such as an unpacked entry of an archive. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  const source: ByteSource = {
    name,
    size: bytes.length,
    read: (offset, length) => {
      checkInside(source, offset, length);
      return bytes.slice(offset, offset + length);
    },
  };
  return source;
}

/** A part of a source as a source of its own. Throws UserError where it is not inside. */
export function section(source: ByteSource, offset: number, size: number): ByteSource {
  checkInside(source, offset, size);
  const part: ByteSource = {
    name: source.name,
    size,
    read: (at, length) => {
      checkInside(part, at, length);
      return source.read(offset + at, length);
    },
  };
  return part;
}

/** Opens a file, lets it be used and closes it. Throws UserError where it cannot be opened. */
export async function withFile<T>(file: string, use: (source: ByteSource) => T | Promise<T>): Promise<T> {
  const source = open(file);
  try {
    return await use(source);
  } finally {
    source.close();
  }
}

function open(file: string): RandomAccessFile {
  try {
    return new RandomAccessFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(`${file} cannot be read (${code === "ENOENT" ? "there is no such file" : (code ?? message)}).`);
  }
}

function checkInside({ name, size }: ByteSource, offset: number, length: number): void {
  const sound = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!sound || offset + length > size)
    throw new UserError(`${name} is truncated or damaged: it says there are ${length} bytes at ${offset}, but it ends at ${size}.`);
}
