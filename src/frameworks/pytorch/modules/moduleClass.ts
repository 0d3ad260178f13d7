import { derives } from "../../../interpret/natives.js";
import { type ClassValue, FALSE, type InstanceValue, type TensorValue, type Value } from "../../../interpret/values.js";
import { classOf } from "../core/native.js";
import { roleOf, type TensorRole, TorchTensor } from "../core/tensor.js";

/** torch.nn.Module. Its methods are put in by module.ts; in eval mode, as networks are read. */
export const MODULE: ClassValue = classOf("Module", [], [["training", FALSE]]);

const modules = new WeakMap<ClassValue, boolean>();

/** Whether instances of a class are modules. */
export function isModuleClass(cls: ClassValue): boolean {
  const before = modules.get(cls);
  if (before !== undefined) return before;
  const is = derives(cls, MODULE);
  modules.set(cls, is);
  return is;
}

export function isModule(value: Value | undefined): value is InstanceValue {
  return value?.kind === "instance" && isModuleClass(value.class);
}

/** Modules in the fields of a module, in the order they were first assigned. */
export function childrenOf(module: InstanceValue): [name: string, child: InstanceValue][] {
  const children: [string, InstanceValue][] = [];
  module.fields.forEach((value, name) => {
    if (isModule(value)) children.push([name, value]);
  });
  return children;
}

/** Tensors that a module itself keeps, without its children's. */
export function tensorsOf(module: InstanceValue, role: TensorRole): [name: string, tensor: TensorValue][] {
  const tensors: [string, TensorValue][] = [];
  for (const [name, value] of module.fields) if (value.kind === "tensor" && roleOf(value.tensor) === role) tensors.push([name, value]);
  return tensors;
}

/** A module and all modules inside, each once, by their paths ("layer1.0.conv1"); the module's own is `path`. */
export function namedModules(module: InstanceValue, path = "", seen = new Map<InstanceValue, string>()): Map<InstanceValue, string> {
  if (seen.has(module)) return seen;
  seen.set(module, path);
  module.fields.forEach((value, name) => {
    if (isModule(value)) namedModules(value, joined(path, name), seen);
  });
  return seen;
}

/** Tensors of a module and of all modules inside, each once, by their paths. */
export function namedTensors(module: InstanceValue, role: TensorRole): Map<string, TensorValue> {
  const tensors = new Map<string, TensorValue>();
  const seen = new Set<unknown>();
  for (const [inside, path] of namedModules(module)) {
    for (const [name, value] of tensorsOf(inside, role)) {
      if (!seen.has(value.tensor)) tensors.set(joined(path, name), value);
      seen.add(value.tensor);
    }
  }
  return tensors;
}

function joined(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** A module with weights of its own, as copy.deepcopy makes one. */
export function copied(module: InstanceValue): InstanceValue {
  const fields = [...module.fields].map(([name, value]): [string, Value] => {
    if (isModule(value)) return [name, copied(value)];
    if (value.kind !== "tensor" || !(value.tensor instanceof TorchTensor)) return [name, value];
    const { shape, dtype, role, numbers, start } = value.tensor;
    const tensor = new TorchTensor(shape, dtype, role, numbers);
    if (start) tensor.starts.set("start", start);
    return [name, { kind: "tensor", tensor }];
  });
  return { ...module, fields: new Map(fields) };
}
