// Writes small PyTorch checkpoints for tests: a pickle of protocol 2, alone or in a zip archive of stored entries.
import { crc32 } from "node:zlib";

/** A value to be pickled: objects become dictionaries. */
export type Pickled = null | number | string | readonly Pickled[] | Call | Global | Persistent | Dictionary;

export class Global {
  constructor(
    readonly module: string,
    readonly name: string,
  ) {}
}

/** What Python would call when it reads the pickle. */
export class Call {
  constructor(
    readonly callee: Global,
    readonly args: readonly Pickled[],
    readonly state: Pickled = null,
  ) {}
}

export class Persistent {
  constructor(readonly id: readonly Pickled[]) {}
}

export class Dictionary {
  constructor(readonly entries: readonly (readonly [Pickled, Pickled])[]) {}
}

export const dictionary = (entries: Readonly<Record<string, Pickled>>) => new Dictionary(Object.entries(entries));

const text = (value: string) => [...Buffer.from(value)];
const le = (value: number, bytes: number) => Array.from({ length: bytes }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 0xffn));

function opcodes(value: Pickled): number[] {
  if (value === null) return text("N");
  if (typeof value === "number") return [...text("J"), ...le(value, 4)];
  if (typeof value === "string") return [...text("X"), ...le(Buffer.byteLength(value), 4), ...text(value)];
  if (value instanceof Global) return text(`c${value.module}\n${value.name}\n`);
  if (value instanceof Persistent) return [...opcodes(value.id), ...text("Q")];
  if (value instanceof Dictionary) {
    const items = value.entries.flatMap(([key, item]) => [...opcodes(key), ...opcodes(item)]);
    return [...text("}("), ...items, ...text("u")];
  }
  if (value instanceof Call) {
    const built = value.state === null ? [] : [...opcodes(value.state), ...text("b")];
    return [...opcodes(value.callee), ...opcodes(value.args), ...text("R"), ...built];
  }
  return [...text("("), ...value.flatMap(opcodes), ...text("t")];
}

export function pickle(value: Pickled): Uint8Array {
  return Uint8Array.from([0x80, 2, ...opcodes(value), ...text(".")]);
}

/** A float32 tensor as torch.save writes it; `strides` are row-major where left out. */
export function tensor(
  key: string,
  shape: readonly number[],
  options: { strides?: readonly number[]; offset?: number; type?: string } = {},
): Call {
  const strides = options.strides ?? shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const count = shape.reduce((product, size) => product * size, 1);
  const storage = new Persistent(["storage", new Global("torch", options.type ?? "FloatStorage"), key, "cpu", count]);
  const args = [storage, options.offset ?? 0, shape, strides, null, new Call(new Global("collections", "OrderedDict"), [])];
  return new Call(new Global("torch._utils", "_rebuild_tensor_v2"), args);
}

export function checkpointZip(value: Pickled, storages: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const files = Object.entries(storages).map(([key, bytes]) => [`model/data/${key}`, bytes] as const);
  return zip([["model/data.pkl", pickle(value)], ...files]);
}

export function legacyCheckpoint(value: Pickled, storages: Readonly<Record<string, Float32Array>>): Uint8Array {
  const magic = Uint8Array.from([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e]);
  const machine = dictionary({ protocol_version: 1001 });
  const parts = [magic, pickle(1001), pickle(machine), pickle(value), pickle(Object.keys(storages))];
  const numbers = Object.values(storages).flatMap((data) => [Uint8Array.from(le(data.length, 8)), new Uint8Array(data.buffer)]);
  return Buffer.concat([...parts, ...numbers]);
}

/** APPNOTE 4.3, without compression. */
export function zip(files: readonly (readonly [name: string, bytes: Uint8Array])[]): Uint8Array {
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, bytes] of files) {
    const common = [
      ...le(20, 2),
      ...le(0, 2),
      ...le(0, 2),
      ...le(0, 4),
      ...le(crc32(bytes), 4),
      ...le(bytes.length, 4),
      ...le(bytes.length, 4),
    ];
    const sizes = [...le(Buffer.byteLength(name), 2), ...le(0, 2)];
    const local = Uint8Array.from([...le(0x04034b50, 4), ...common, ...sizes, ...text(name), ...bytes]);
    directory.push(
      Uint8Array.from([
        ...le(0x02014b50, 4),
        ...le(20, 2),
        ...common,
        ...sizes,
        ...le(0, 2),
        ...le(0, 2),
        ...le(0, 2),
        ...le(0, 4),
        ...le(at, 4),
        ...text(name),
      ]),
    );
    locals.push(local);
    at += local.length;
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  const end = [
    ...le(0x06054b50, 4),
    ...le(0, 4),
    ...le(files.length, 2),
    ...le(files.length, 2),
    ...le(size, 4),
    ...le(at, 4),
    ...le(0, 2),
  ];
  return Buffer.concat([...locals, ...directory, Uint8Array.from(end)]);
}

export const floats = (...numbers: readonly number[]) => new Uint8Array(Float32Array.from(numbers).buffer);
