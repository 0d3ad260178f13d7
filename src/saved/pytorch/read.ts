import path from "node:path";
import { UserError } from "../../base/userError.js";
import type { ModelReading } from "../../reading/types.js";
import { BYTES, toFloat32 } from "../numbers.js";
import { type ByteSource, section, withFile } from "../randomAccess.js";
import { rowMajor } from "../strided.js";
import { checkpointReading, elementCount, type OpenTensor, plainTensor, tensorInMemory, type WithTensors } from "../tensors.js";
import { openZip } from "../zip.js";
import { unpickle } from "./pickle.js";
import { findTensors, type NamedTensor } from "./search.js";
import { entriesOf, itemsOf, type PickleValue } from "./values.js";

/** torch.save's magic number, as far as a double is exact. */
const MAGIC = Number(0x1950a86a20f9469cfc6cn);

/** An opened checkpoint: its tensors, and the bytes of a storage by its key. */
interface Checkpoint {
  readonly tensors: readonly NamedTensor[];
  readonly storage: (key: string) => Promise<ByteSource>;
}

type Open = (source: ByteSource) => Promise<Checkpoint>;

/** Reads what torch.save writes since PyTorch 1.6, and TorchScript: a zip archive of a pickle and storages. */
export const readPytorchZip = async (file: string): Promise<ModelReading> => read(file, openArchive);

/** Reads what torch.save wrote before: pickles, then storages. */
export const readPytorchLegacy = async (file: string): Promise<ModelReading> => read(file, openLegacy);

export const withPytorchZipTensors = withTensors(openArchive);
export const withPytorchLegacyTensors = withTensors(openLegacy);

async function read(file: string, open: Open): Promise<ModelReading> {
  return withFile(file, async (source) => {
    const { tensors } = await open(source);
    if (tensors.length === 0) throw new UserError(`${file} holds no tensors: it is no checkpoint of a PyTorch model.`);
    return checkpointReading(
      "pytorch",
      path.basename(file),
      tensors.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
    );
  });
}

function withTensors(open: Open): WithTensors {
  return (file, use) =>
    withFile(file, async (source) => {
      const { tensors, storage } = await open(source);
      return use(async (name, useOne) => {
        const tensor = tensors.find((each) => each.name === name);
        if (tensor === undefined) throw new UserError(`${file} has no tensor ${name}.`);
        if (tensor.storage === undefined) throw new UserError(`${name} in ${file} has no numbers of its own.`);
        return useOne(opened(await storage(tensor.storage.key), tensor));
      });
    });
}

async function openArchive(source: ByteSource): Promise<Checkpoint> {
  const archive = await openZip(source);
  const pickle = [...archive.sizes.keys()].find((name) => /(^|\/)data\.pkl$/.test(name)) ?? "data.pkl";
  const folder = pickle.slice(0, -"data.pkl".length);
  const { value } = unpickle(await archive.open(pickle));
  const tensors = search(source, value);
  for (const tensor of tensors) check(source, tensor, tensor.storage && archive.sizes.get(`${folder}data/${tensor.storage.key}`));
  return { tensors, storage: (key) => archive.open(`${folder}data/${key}`) };
}

/** Magic number, version, machine, the object, the keys of the storages; then each storage: how many numbers, and these. */
async function openLegacy(source: ByteSource): Promise<Checkpoint> {
  const magic = unpickle(source);
  if (magic.value !== MAGIC) throw new UserError(`${source.name} is a pickle, but no checkpoint that torch.save wrote.`);
  const version = unpickle(source, magic.end);
  const machine = unpickle(source, version.end);
  const little = entriesOf(machine.value).find(([key]) => key === "little_endian")?.[1];
  if (little === false) throw new UserError(`${source.name} was written by a big-endian machine, which is not read.`);
  const object = unpickle(source, machine.end);
  const keys = unpickle(source, object.end);
  const tensors = search(source, object.value);
  const dtypes = new Map(tensors.flatMap(({ storage }) => (storage ? [[storage.key, storage.dtype] as const] : [])));
  const storages = layStorages(source, itemsOf(keys.value).map(String), dtypes, keys.end);
  for (const tensor of tensors) check(source, tensor, tensor.storage && storages.get(tensor.storage.key)?.size);
  return { tensors, storage: async (key) => storages.get(key) ?? section(source, source.size, 0) };
}

/** Walks from one storage to the next; one of an unknown type ends the walk, as nobody knows how long it is. */
function layStorages(
  source: ByteSource,
  keys: readonly string[],
  dtypes: ReadonlyMap<string, string>,
  start: number,
): Map<string, ByteSource> {
  const storages = new Map<string, ByteSource>();
  let at = start;
  for (const key of keys) {
    const bytes = BYTES[dtypes.get(key) ?? ""];
    if (bytes === undefined) break;
    const header = source.read(at, 8);
    const length = Number(new DataView(header.buffer, header.byteOffset).getBigInt64(0, true)) * bytes;
    storages.set(key, section(source, at + 8, length));
    at += 8 + length;
  }
  return storages;
}

function search(source: ByteSource, value: PickleValue): readonly NamedTensor[] {
  const tensors = findTensors(value);
  if (tensors === undefined) throw new UserError(`${source.name} is a damaged PyTorch checkpoint: its values hold each other without end.`);
  return tensors;
}

/** Every number of a tensor must lie inside its storage of `size` bytes. */
function check(source: ByteSource, tensor: NamedTensor, size: number | undefined): void {
  if (tensor.storage === undefined) return;
  const broken = (why: string) => new UserError(`${source.name} is a damaged PyTorch checkpoint: ${tensor.name} ${why}.`);
  const { shape, strides, offset } = tensor;
  if (size === undefined) throw broken("has no numbers in the file");
  if (strides.length !== shape.length) throw broken(`of shape ${shape.join("x")} has ${strides.length} strides`);
  if (!Number.isSafeInteger(elementCount(shape))) throw broken(`would have the shape ${shape.join("x")}`);
  if (elementCount(shape) === 0) return;
  const last = shape.reduce((sum, length, axis) => sum + (length - 1) * (strides[axis] ?? 0), offset);
  if ((last + 1) * (BYTES[tensor.dtype] ?? 1) > size) throw broken(`of shape ${shape.join("x")} goes beyond its ${size} bytes`);
}

/** Where they are stored in another order, all numbers are put in row-major order first. */
function opened(storage: ByteSource, tensor: NamedTensor): OpenTensor {
  const { shape, strides, dtype, offset } = tensor;
  if (!isRowMajor(shape, strides)) return tensorInMemory({ shape, dtype, data: strided(storage, tensor) });
  const bytes = BYTES[dtype] ?? 1;
  const length = elementCount(shape) * bytes;
  return plainTensor(section(storage, length === 0 ? 0 : offset * bytes, length), tensor);
}

/** A tensor's numbers in row-major order, whatever the order they are stored in. */
function strided(storage: ByteSource, { name, shape, strides, offset, dtype }: NamedTensor): Float32Array {
  const bytes = BYTES[dtype] ?? 1;
  const count = elementCount(shape);
  const last = shape.reduce((sum, length, axis) => sum + Math.max(0, length - 1) * (strides[axis] ?? 0), 0);
  const stored = toFloat32(storage.read(offset * bytes, count === 0 ? 0 : (last + 1) * bytes), dtype);
  if (stored === undefined) throw new UserError(`${name} in ${storage.name} holds ${dtype}, which is not shown.`);
  return rowMajor(stored, shape, strides);
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if ((shape[axis] ?? 0) > 1 && strides[axis] !== expected) return false;
    expected *= shape[axis] ?? 1;
  }
  return true;
}
