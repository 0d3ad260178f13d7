import { type Dataset, type Entity, File, type Group, ready } from "h5wasm";
import { UserError } from "../../base/userError.js";
import type { StoredTensor } from "../../reading/types.js";
import type { ByteSource } from "../randomAccess.js";
import type { OpenTensor } from "../tensors.js";
import { slabsOf } from "./slabs.js";

/** An HDF5 file that is open; reading its parts throws UserError where it is damaged. */
export interface Hdf5 {
  /** A text attribute of the file; undefined where there is none. */
  text(attribute: string): string | undefined;
  /** All data sets, by their paths. */
  tensors(): readonly StoredTensor[];
  tensor(path: string): OpenTensor;
}

/** The part of Emscripten's file system that makes a file of bytes that lie elsewhere. */
interface FileSystem {
  createFile(parent: string, name: string, properties: undefined, canRead: boolean, canWrite: boolean): FileNode;
  unlink(path: string): void;
}

interface FileNode {
  stream_ops: { read(stream: unknown, buffer: Uint8Array, offset: number, length: number, position: number): number };
}

const MOST_TENSORS = 100_000;

let opened = 0;

/** Opens HDF5 where it lies, reading only what is asked for; nothing else of the disk can be reached from it. */
export async function withHdf5<T>(source: ByteSource, use: (file: Hdf5) => T | Promise<T>): Promise<T> {
  const library = await ready;
  // Else the library prints what is wrong instead of throwing it.
  library.activate_throwing_error_handler();
  const { FS } = library;
  const files = FS as unknown as FileSystem;
  const name = `model${opened++}.h5`;
  const failures: unknown[] = [];
  const node = files.createFile("/", name, undefined, true, false);
  Object.defineProperty(node, "usedBytes", { get: () => source.size });
  node.stream_ops = {
    ...node.stream_ops,
    read(_stream, buffer, offset, length, position) {
      const count = Math.max(0, Math.min(length, source.size - position));
      try {
        buffer.set(source.read(position, count), offset);
      } catch (error) {
        failures.push(error);
        return 0;
      }
      return count;
    },
  };
  let file: File | undefined;
  try {
    file = new File(name, "r");
    return await use(contents(file, source.name));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw failures.find((failure) => failure instanceof UserError) ?? damaged(source.name, "it cannot be read to its end");
  } finally {
    if (file !== undefined && file.file_id > 0n) file.close();
    files.unlink(`/${name}`);
  }
}

/** Converting one by one takes far longer than copying. */
function floats(view: ArrayBufferView): ArrayLike<number> {
  if (view instanceof Float32Array || view instanceof Float64Array) return view;
  return Float32Array.from(view as unknown as ArrayLike<number | bigint>, Number);
}

function damaged(name: string, why: string): UserError {
  return new UserError(`${name} is a damaged HDF5 file: ${why}.`);
}

function contents(file: File, name: string): Hdf5 {
  if (file.file_id <= 0n) throw damaged(name, "its beginning is not HDF5");
  return {
    text: (attribute) => {
      const value = file.attrs[attribute]?.value;
      return typeof value === "string" ? value : value instanceof Uint8Array ? new TextDecoder().decode(value) : undefined;
    },
    tensors: () => list(file, name),
    tensor: (path) => {
      const data = entityAt(file, path);
      if (!isDataset(data)) throw new UserError(`${name} has no weight ${path}.`);
      const { shape, dtype } = described(data, path);
      const refuse = () => new UserError(`${path} in ${name} holds ${dtype}, which is not shown.`);
      const read = (offset: number, count: number) => {
        const numbers = new Float32Array(count);
        let at = 0;
        for (const slab of slabsOf(shape, offset, count)) {
          const value = shape.length === 0 ? data.value : data.slice(slab);
          if (typeof value !== "number" && (!ArrayBuffer.isView(value) || value instanceof DataView)) throw refuse();
          const part = typeof value === "number" ? [value] : floats(value);
          numbers.set(part, at);
          at += part.length;
        }
        return numbers;
      };
      return { shape, dtype, read };
    },
  };
}

/** Walks groups without following links to elsewhere, and none twice. */
function list(root: Group, name: string): StoredTensor[] {
  const tensors: StoredTensor[] = [];
  const open: { readonly group: Group; readonly path: string; readonly depth: number }[] = [{ group: root, path: "", depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.depth > 32) throw damaged(name, "its groups are nested without end");
    for (const key of next.group.keys()) {
      if (tensors.length + open.length > MOST_TENSORS) throw damaged(name, "it has more parts than any model");
      const entity = next.group.get(key);
      const path = next.path === "" ? key : `${next.path}/${key}`;
      if (isDataset(entity)) tensors.push(described(entity, path));
      else if (isGroup(entity)) open.push({ group: entity, path, depth: next.depth + 1 });
    }
  }
  return tensors.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function entityAt(root: Group, path: string): Entity | null {
  let group = root;
  const parts = path.split("/");
  for (const part of parts.slice(0, -1)) {
    const next = group.keys().includes(part) ? group.get(part) : null;
    if (!isGroup(next)) return null;
    group = next;
  }
  const last = parts.at(-1) ?? "";
  return group.keys().includes(last) ? group.get(last) : null;
}

const isDataset = (entity: Entity | null): entity is Dataset => entity !== null && "to_array" in entity && "metadata" in entity;
const isGroup = (entity: Entity | null): entity is Group => entity !== null && "keys" in entity;

const KINDS: Readonly<Record<string, string>> = {
  f: "float",
  i: "int",
  l: "int",
  q: "int",
  b: "int",
  h: "int",
  B: "uint",
  H: "uint",
  I: "uint",
  Q: "uint",
  d: "float",
  e: "float",
};

function described({ shape, dtype, metadata }: Dataset, name: string): StoredTensor {
  const letter = typeof dtype === "string" ? dtype.replace(/[<>|=\d]/g, "") : "";
  const kind = KINDS[letter];
  return { name, shape: shape ?? [], dtype: kind ? `${kind}${8 * metadata.size}` : "text" };
}
