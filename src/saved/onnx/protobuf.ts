// Libraries for protocol buffers decode a message that is in memory as a whole. A model is a few kilobytes of graph among megabytes of
// weights: this reader follows the same wire format (protobuf.dev/programming-guides/encoding) over a file, and passes over what is large.
import { UserError } from "../../base/userError.js";
import { ByteWindow } from "../byteWindow.js";
import type { ByteSource } from "../randomAccess.js";

/** Where bytes stand that were passed over. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** How one field is read: `before` is what earlier occurrences of it made. */
export interface Field<T> {
  readonly number: number;
  readonly initial: () => T;
  readonly read: (cursor: Cursor, wire: number, before: T) => T;
}

export type Schema<T> = { readonly [K in keyof T]: Field<T[K]> };

const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
const MAX_DEPTH = 64;
/** Far more than any graph has; a file of nothing but tiny fields would take minutes. */
const MAX_FIELDS = 5_000_000;
const MAX_MESSAGES = 1_000_000;
const MAX_TEXT = 1 << 20;
const MAX_NUMBERS = 1 << 20;
const DECODER = new TextDecoder();

/** A position in a source of protocol buffers. Throws UserError where the wire format is broken. */
export class Cursor {
  at = 0;
  /** Where the message that is read ends. */
  end: number;
  #depth = 0;
  #fields = 0;
  #messages = 0;
  readonly #window: ByteWindow;

  constructor(readonly source: ByteSource) {
    this.end = source.size;
    this.#window = new ByteWindow(source);
  }

  fail(why: string): never {
    throw new UserError(`${this.source.name} is damaged or cut off: ${why}.`);
  }

  message<T>(schema: Schema<T>): T {
    if (++this.#depth > MAX_DEPTH) this.fail("its messages nest too deep");
    if (++this.#messages > MAX_MESSAGES) this.fail(`it has more than ${MAX_MESSAGES} messages`);
    const byNumber = fieldsOf(schema);
    const made: Partial<T> = {};
    for (const name in schema) made[name] = schema[name].initial();
    const whole = made as T;
    while (this.at < this.end) {
      if (++this.#fields > MAX_FIELDS) this.fail(`it has more than ${MAX_FIELDS} fields`);
      const tag = this.varint();
      const known = byNumber.get(Math.floor(tag / 8));
      if (known === undefined) this.skip(tag % 8);
      else whole[known] = schema[known].read(this, tag % 8, whole[known]);
    }
    this.#depth--;
    return whole;
  }

  /** Reads what is inside a field of bytes, which must end inside the message around it. */
  inside<T>(wire: number, read: (length: number) => T): T {
    if (wire !== WIRE.bytes) this.fail(`a field at ${this.at} has the wrong type`);
    const length = this.varint();
    const outer = this.end;
    if (length < 0 || this.at + length > outer) this.fail(`${length} bytes at ${this.at} go beyond their end`);
    this.end = this.at + length;
    const value = read(length);
    this.at = this.end;
    this.end = outer;
    return value;
  }

  /** A signed 64-bit number; beyond 2^53 only as near as a double comes. */
  varint(): number {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high |= bits >> 4;
      } else if (shift < 63) high |= bits << (shift - 32);
      else high |= bits << 31;
      if (byte < 0x80) return high * 2 ** 32 + (low >>> 0);
    }
    return this.fail(`a number at ${this.at} does not end`);
  }

  bytes(length: number): Uint8Array {
    if (this.at + length > this.end) this.fail(`${length} bytes at ${this.at} go beyond their end`);
    const bytes = this.source.read(this.at, length);
    this.at += length;
    return bytes;
  }

  skip(wire: number): void {
    if (wire === WIRE.varint) this.varint();
    else if (wire === WIRE.fixed64) this.bytes(8);
    else if (wire === WIRE.fixed32) this.bytes(4);
    else this.inside(wire, () => undefined);
  }

  #byte(): number {
    if (this.at >= this.end) this.fail(`it ends in the middle of a field at ${this.at}`);
    return this.#window.at(this.at++);
  }
}

/** Names of fields by their numbers, worked out once for each schema. */
const plans = new WeakMap<object, ReadonlyMap<number, unknown>>();

function fieldsOf<T>(schema: Schema<T>): ReadonlyMap<number, keyof T> {
  const kept = plans.get(schema) as ReadonlyMap<number, keyof T> | undefined;
  if (kept) return kept;
  const byNumber = new Map<number, keyof T>();
  for (const name in schema) byNumber.set(schema[name].number, name);
  plans.set(schema, byNumber);
  return byNumber;
}

const field = <T>(number: number, initial: () => T, read: Field<T>["read"]): Field<T> => ({ number, initial, read });
const none = (): undefined => undefined;

/** An integer or enumeration. */
export const int = (number: number): Field<number | undefined> =>
  field<number | undefined>(number, none, (cursor, wire) =>
    wire === WIRE.varint ? cursor.varint() : cursor.fail(`field ${number} is no integer`),
  );

/** Repeated integers, packed or not. */
export const ints = (number: number): Field<readonly number[]> => numbers(number, WIRE.varint, (cursor) => cursor.varint());

export const float = (number: number): Field<number | undefined> =>
  field<number | undefined>(number, none, (cursor, wire) =>
    wire === WIRE.fixed32 ? float32(cursor) : cursor.fail(`field ${number} is no float`),
  );

export const floats = (number: number): Field<readonly number[]> => numbers(number, WIRE.fixed32, float32);

export const text = (number: number): Field<string> => field(number, () => "", readText);

export const texts = (number: number): Field<readonly string[]> =>
  field<readonly string[]>(
    number,
    () => [],
    (cursor, wire, before) => append(before, readText(cursor, wire)),
  );

/** Bytes or packed numbers that stay in the file. */
export const span = (number: number): Field<Span | undefined> =>
  field<Span | undefined>(number, none, (cursor, wire) => cursor.inside(wire, (length) => ({ offset: cursor.at, length })));

/** A message; the schema is asked for when it is read, as schemas may hold themselves. */
export const message = <T>(number: number, schema: () => Schema<T>): Field<T | undefined> =>
  field<T | undefined>(number, none, (cursor, wire) => cursor.inside(wire, () => cursor.message(schema())));

export const messages = <T>(number: number, schema: () => Schema<T>): Field<readonly T[]> =>
  field<readonly T[]>(
    number,
    () => [],
    (cursor, wire, before) =>
      append(
        before,
        cursor.inside(wire, () => cursor.message(schema())),
      ),
  );

function numbers(number: number, plain: number, read: (cursor: Cursor) => number): Field<readonly number[]> {
  return field<readonly number[]>(
    number,
    () => [],
    (cursor, wire, before) => {
      if (wire === plain) return append(before, read(cursor));
      return cursor.inside(wire, (length) => {
        if (length > 8 * MAX_NUMBERS) cursor.fail(`field ${number} holds too many numbers`);
        const list = [...before];
        while (cursor.at < cursor.end) list.push(read(cursor));
        return list;
      });
    },
  );
}

/** Lists grow in place while their message is read; they are only handed out after it. */
function append<T>(list: readonly T[], item: T): readonly T[] {
  (list as T[]).push(item);
  return list;
}

function float32(cursor: Cursor): number {
  const bytes = cursor.bytes(4);
  return new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);
}

function readText(cursor: Cursor, wire: number): string {
  return cursor.inside(wire, (length) => {
    if (length > MAX_TEXT) cursor.fail(`a name at ${cursor.at} has ${length} bytes`);
    return DECODER.decode(cursor.bytes(length));
  });
}
