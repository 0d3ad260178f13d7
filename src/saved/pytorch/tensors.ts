import { entriesOf, globalName, itemsOf, type PickleObject, type PickleValue } from "./values.js";

/** Where a tensor's numbers are: a part of a storage, by strides. */
export interface StridedTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Of numbers, not bytes. */
  readonly strides: readonly number[];
  readonly offset: number;
  /** Undefined for tensors without numbers (device "meta") and sparse ones. */
  readonly storage: StorageReference | undefined;
}

export interface StorageReference {
  readonly key: string;
  readonly dtype: string;
  readonly count: number;
}

/** Storage classes of torch, and what they hold. */
const STORAGES: Readonly<Record<string, string>> = {
  DoubleStorage: "float64",
  FloatStorage: "float32",
  HalfStorage: "float16",
  BFloat16Storage: "bfloat16",
  LongStorage: "int64",
  IntStorage: "int32",
  ShortStorage: "int16",
  CharStorage: "int8",
  ByteStorage: "uint8",
  BoolStorage: "bool",
  ComplexFloatStorage: "complex64",
  ComplexDoubleStorage: "complex128",
  QInt8Storage: "int8",
  QUInt8Storage: "uint8",
  QInt32Storage: "int32",
  // Tensors of newer types say their own.
  UntypedStorage: "uint8",
};

const DTYPES: Readonly<Record<string, string>> = {
  double: "float64",
  float: "float32",
  half: "float16",
  long: "int64",
  int: "int32",
  short: "int16",
};

/** The tensor that a value stands for; undefined for anything else. Only these constructors are known. */
export function asTensor(value: PickleValue): StridedTensor | undefined {
  return tensorOf(value, 8);
}

function tensorOf(value: PickleValue | undefined, depth: number): StridedTensor | undefined {
  if (typeof value !== "object" || value === null || value.kind !== "object" || depth === 0) return undefined;
  const name = globalName(value.callee);
  const args = itemsOf(value.args);
  switch (name) {
    case "torch._utils._rebuild_tensor":
    case "torch._utils._rebuild_tensor_v2":
    case "torch._utils._rebuild_qtensor":
      return strided(args, undefined);
    case "torch._utils._rebuild_tensor_v3":
      return strided(args, dtypeOf(args[6]));
    case "torch._utils._rebuild_parameter":
    case "torch._utils._rebuild_parameter_with_state":
    case "torch.nn.parameter.Parameter":
    case "torch.nn.parameter.Buffer":
      return tensorOf(args[0], depth - 1);
    case "torch._tensor._rebuild_from_type_v2":
    case "torch._tensor._rebuild_from_type":
      return rebuiltFromType(value, args, depth);
    case "torch._utils._rebuild_meta_tensor_no_storage":
      return withoutNumbers(args[1], dtypeOf(args[0]));
    case "torch._utils._rebuild_sparse_tensor":
      return sparse(args, depth);
    default:
      return undefined;
  }
}

/** (storage, offset, size, stride, ...) */
function strided([reference, offset, size, stride]: readonly PickleValue[], dtype: string | undefined): StridedTensor | undefined {
  const storage = storageOf(reference);
  const shape = sizes(size);
  const strides = sizes(stride);
  if (storage === undefined || shape === undefined || strides === undefined || typeof offset !== "number") return undefined;
  return { shape, strides, offset, dtype: dtype ?? storage.dtype, storage };
}

/** (function, type, arguments, state): a tensor of a subclass. */
function rebuiltFromType(value: PickleObject, [callee, , args]: readonly PickleValue[], depth: number): StridedTensor | undefined {
  return callee === undefined || args === undefined ? undefined : tensorOf({ ...value, callee, args }, depth - 1);
}

/** (layout, (indices, values, size)) */
function sparse([, parts]: readonly PickleValue[], depth: number): StridedTensor | undefined {
  const [, values, size] = itemsOf(parts);
  return withoutNumbers(size, tensorOf(values, depth - 1)?.dtype);
}

function withoutNumbers(size: PickleValue | undefined, dtype: string | undefined): StridedTensor | undefined {
  const shape = sizes(size);
  return shape && { shape, dtype: dtype ?? "unknown", strides: [], offset: 0, storage: undefined };
}

/** ("storage", class, key, device, count): how torch.save refers to numbers. */
function storageOf(value: PickleValue | undefined): StorageReference | undefined {
  if (typeof value !== "object" || value === null || value.kind !== "reference") return undefined;
  const [tag, type, key, , count] = itemsOf(value.id);
  const dtype = STORAGES[lastName(globalName(type) ?? "")];
  if (tag !== "storage" || dtype === undefined || typeof count !== "number") return undefined;
  return typeof key === "string" || typeof key === "number" ? { key: String(key), dtype, count } : undefined;
}

function dtypeOf(value: PickleValue | undefined): string | undefined {
  const name = lastName(globalName(value) ?? "");
  return name === "" ? undefined : (DTYPES[name] ?? name);
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** A tuple of sizes, or torch.Size of one. */
function sizes(value: PickleValue | undefined): readonly number[] | undefined {
  const items = typeof value === "object" && value?.kind === "object" ? itemsOf(itemsOf(value.args)[0]) : itemsOf(value);
  const numbers = items.filter((item) => typeof item === "number" && Number.isSafeInteger(item) && item >= 0) as readonly number[];
  return numbers.length === items.length ? numbers : undefined;
}

/** Values that tensors are searched in, with their names. */
export function childrenOf(value: PickleValue): readonly (readonly [string, PickleValue])[] {
  if (typeof value !== "object" || value === null || value.kind === "global" || value.kind === "bytes" || value.kind === "reference")
    return [];
  if (value.kind === "dictionary") return named(entriesOf(value));
  const items = value.items.map((item, i) => [String(i), item] as const);
  return value.kind === "object" ? [...named(entriesOf(value)), ...items, ...moduleMembers(value.state)] : items;
}

/** A module keeps its weights, statistics and children apart; their names in a state dictionary have none of that. */
const MODULE_MEMBERS = ["_parameters", "_buffers", "_modules"];

function moduleMembers(state: PickleValue): readonly (readonly [string, PickleValue])[] {
  const members = named(entriesOf(state));
  const inside = MODULE_MEMBERS.flatMap((group) =>
    members.filter(([name]) => name === group).flatMap(([, dictionary]) => named(entriesOf(dictionary))),
  );
  const hidden = /^_(parameters|buffers|modules|non_persistent_buffers_set|.*hooks.*)$/;
  return [...inside, ...members.filter(([name]) => !hidden.test(name))];
}

function named(entries: ReturnType<typeof entriesOf>): readonly (readonly [string, PickleValue])[] {
  return entries.flatMap(([key, item]) => (typeof key === "string" || typeof key === "number" ? [[String(key), item] as const] : []));
}
