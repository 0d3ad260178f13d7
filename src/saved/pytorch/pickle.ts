// A pickle is a program for a stack machine that may import and call anything. This machine has the same instructions (Python's
// pickletools describes them), but where Python would import, call or construct it only writes down what was asked for.
import { UserError } from "../../base/userError.js";
import { ByteWindow } from "../byteWindow.js";
import type { ByteSource } from "../randomAccess.js";
import type { PickleContainer, PickleObject, PickleValue } from "./values.js";

const MAX_STEPS = 3_000_000;
/** Longer texts are passed over: names are short. */
const MAX_TEXT = 1 << 16;
const DECODER = new TextDecoder();
const MARK = Symbol("mark");

export interface Unpickled {
  readonly value: PickleValue;
  /** Where the pickle ends. */
  readonly end: number;
}

/** Reads the pickle that begins at an offset. Throws UserError where it is broken, cut off or absurdly long. */
export function unpickle(source: ByteSource, offset = 0): Unpickled {
  const machine = new PickleMachine(source, offset);
  const value = machine.run();
  return { value, end: machine.position };
}

class PickleMachine {
  readonly #window: ByteWindow;
  readonly #stack: (PickleValue | typeof MARK)[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #at: number;

  constructor(
    readonly source: ByteSource,
    offset: number,
  ) {
    this.#window = new ByteWindow(source);
    this.#at = offset;
  }

  get position(): number {
    return this.#at;
  }

  run(): PickleValue {
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const code = String.fromCharCode(this.#byte());
      if (code === ".") return this.#pop();
      const instruction = INSTRUCTIONS[code];
      if (instruction === undefined) throw this.broken(`the pickle has an unknown instruction at ${this.#at - 1}`);
      instruction(this);
    }
    throw this.broken(`its pickle has more than ${MAX_STEPS} instructions`);
  }

  broken(why: string): UserError {
    return new UserError(`${this.source.name} is a damaged PyTorch checkpoint: ${why}.`);
  }

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  mark(): void {
    this.#stack.push(MARK);
  }

  pop(): PickleValue {
    return this.#pop();
  }

  top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw this.broken("its pickle takes more from the stack than there is");
    return value;
  }

  /** Takes off what was put on since the last mark. */
  popMark(): PickleValue[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw this.broken("its pickle takes more from the stack than there is");
    return this.#stack.splice(mark).filter((value) => value !== MARK);
  }

  /** Takes one thing off, be it a mark. */
  drop(): void {
    this.#stack.pop();
  }

  remember(index: number): void {
    this.#memo.set(index, this.top());
  }

  rememberNext(): void {
    this.remember(this.#memo.size);
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.broken(`its pickle recalls what it did not keep (${index})`);
    this.push(value);
  }

  /** A little-endian number without a sign. */
  unsigned(bytes: number): number {
    let value = 0;
    for (let i = 0; i < bytes; i++) value += this.#byte() * 256 ** i;
    return value;
  }

  /** A little-endian number in two's complement; beyond 2^53 only as near as a double comes. */
  signed(bytes: number): number {
    if (bytes === 0) return 0;
    if (bytes > 64) throw this.broken(`it has a number of ${bytes} bytes`);
    const value = this.unsigned(bytes);
    return value >= 256 ** bytes / 2 ? value - 256 ** bytes : value;
  }

  float64(): number {
    const bytes = this.source.read(this.#at, 8);
    this.#at += 8;
    return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, false);
  }

  text(length: number): string {
    const start = this.skip(length);
    return DECODER.decode(this.source.read(start, Math.min(length, MAX_TEXT)));
  }

  /** Passes over bytes and answers where they began. */
  skip(length: number): number {
    const start = this.#at;
    if (start + length > this.source.size) throw this.broken(`it ends inside a text of ${length} bytes`);
    this.#at += length;
    return start;
  }

  line(): string {
    const start = this.#at;
    while (this.#byte() !== 0x0a) if (this.#at - start > MAX_TEXT) throw this.broken("it has a line without an end");
    return DECODER.decode(this.source.read(start, this.#at - start - 1));
  }

  #pop(): PickleValue {
    const value = this.top();
    this.#stack.pop();
    return value;
  }

  #byte(): number {
    if (this.#at >= this.source.size) throw this.broken("it ends in the middle of its pickle");
    return this.#window.at(this.#at++);
  }
}

type Instruction = (machine: PickleMachine) => void;

const container = (kind: PickleContainer["kind"], items: PickleValue[]): PickleContainer => ({ kind, items });
const object = (callee: PickleValue, args: PickleValue): PickleObject => ({
  kind: "object",
  callee,
  args,
  state: null,
  items: [],
  entries: [],
});
const global = (module: string, name: string): PickleValue => ({ kind: "global", name: `${module}.${name}` });

const construct: Instruction = (m) => {
  const args = m.pop();
  m.push(object(m.pop(), args));
};

/** Lists and objects that are filled like one. */
function append(target: PickleValue, items: readonly PickleValue[]): void {
  if (typeof target === "object" && target !== null && "items" in target) for (const item of items) target.items.push(item);
}

function setItems(target: PickleValue, items: readonly PickleValue[]): void {
  if (typeof target !== "object" || target === null) return;
  const list = target.kind === "object" ? target.entries : target.kind === "dictionary" ? target.items : [];
  for (const item of items) list.push(item);
}

const tuple =
  (length: number): Instruction =>
  (m) => {
    const items = Array.from({ length }, () => m.pop()).reverse();
    m.push(container("tuple", items));
  };

const bytes =
  (size: number): Instruction =>
  (m) => {
    const length = m.unsigned(size);
    m.skip(length);
    m.push({ kind: "bytes", length });
  };

const text =
  (size: number): Instruction =>
  (m) =>
    m.push(m.text(m.unsigned(size)));

const marked =
  (kind: PickleContainer["kind"]): Instruction =>
  (m) =>
    m.push(container(kind, m.popMark()));

/** By opcode, in the order of Python's pickle.py. */
const INSTRUCTIONS: Readonly<Record<string, Instruction>> = {
  "(": (m) => m.mark(),
  "0": (m) => m.drop(),
  "1": (m) => void m.popMark(),
  "2": (m) => m.push(m.top()),
  F: (m) => m.push(Number(m.line())),
  I: (m) => m.push(integerLine(m.line())),
  J: (m) => m.push(m.signed(4)),
  K: (m) => m.push(m.unsigned(1)),
  L: (m) => m.push(Number(m.line().replace(/L$/, ""))),
  M: (m) => m.push(m.unsigned(2)),
  N: (m) => m.push(null),
  P: (m) => m.push({ kind: "reference", id: m.line() }),
  Q: (m) => m.push({ kind: "reference", id: m.pop() }),
  R: construct,
  S: (m) => m.push(m.line().replace(/^(['"])(.*)\1$/, "$2")),
  T: text(4),
  U: text(1),
  V: (m) => m.push(m.line()),
  X: text(4),
  a: (m) => {
    const item = m.pop();
    append(m.top(), [item]);
  },
  b: (m) => {
    const state = m.pop();
    const target = m.top();
    if (typeof target === "object" && target !== null && target.kind === "object") target.state = state;
  },
  c: (m) => m.push(global(m.line(), m.line())),
  d: marked("dictionary"),
  "}": (m) => m.push(container("dictionary", [])),
  e: (m) => {
    const items = m.popMark();
    append(m.top(), items);
  },
  g: (m) => m.recall(Number(m.line())),
  h: (m) => m.recall(m.unsigned(1)),
  i: (m) => {
    const callee = global(m.line(), m.line());
    m.push(object(callee, container("tuple", m.popMark())));
  },
  j: (m) => m.recall(m.unsigned(4)),
  l: marked("list"),
  "]": (m) => m.push(container("list", [])),
  o: (m) => {
    const [callee = null, ...args] = m.popMark();
    m.push(object(callee, container("tuple", args)));
  },
  p: (m) => m.remember(Number(m.line())),
  q: (m) => m.remember(m.unsigned(1)),
  r: (m) => m.remember(m.unsigned(4)),
  s: (m) => {
    const value = m.pop();
    const key = m.pop();
    setItems(m.top(), [key, value]);
  },
  t: marked("tuple"),
  ")": tuple(0),
  u: (m) => {
    const items = m.popMark();
    setItems(m.top(), items);
  },
  G: (m) => m.push(m.float64()),
  "\x80": (m) => void m.unsigned(1),
  "\x81": construct,
  "\x82": (m) => m.push(global("copyreg", `extension ${m.unsigned(1)}`)),
  "\x83": (m) => m.push(global("copyreg", `extension ${m.unsigned(2)}`)),
  "\x84": (m) => m.push(global("copyreg", `extension ${m.unsigned(4)}`)),
  "\x85": tuple(1),
  "\x86": tuple(2),
  "\x87": tuple(3),
  "\x88": (m) => m.push(true),
  "\x89": (m) => m.push(false),
  "\x8a": (m) => m.push(m.signed(m.unsigned(1))),
  "\x8b": (m) => m.push(m.signed(m.unsigned(4))),
  B: bytes(4),
  C: bytes(1),
  "\x8c": text(1),
  "\x8d": text(8),
  "\x8e": bytes(8),
  "\x8f": (m) => m.push(container("set", [])),
  "\x90": (m) => {
    const items = m.popMark();
    append(m.top(), items);
  },
  "\x91": marked("set"),
  "\x92": (m) => {
    const named = m.pop();
    const args = m.pop();
    m.push(object(m.pop(), container("tuple", [args, named])));
  },
  "\x93": (m) => {
    const name = m.pop();
    m.push(global(String(m.pop()), String(name)));
  },
  "\x94": (m) => m.rememberNext(),
  "\x95": (m) => void m.unsigned(8),
  "\x96": bytes(8),
  "\x97": (m) => m.push({ kind: "bytes", length: 0 }),
  "\x98": () => {},
};

/** Protocol 0 writes booleans as 00 and 01. */
function integerLine(line: string): PickleValue {
  return line === "00" ? false : line === "01" ? true : Number(line);
}
