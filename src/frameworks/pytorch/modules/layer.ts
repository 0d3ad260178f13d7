import type { TextRange } from "../../../base/text.js";
import { ProgramError } from "../../../interpret/errors.js";
import type { TracedParameter } from "../../../interpret/trace.js";
import {
  type Arguments,
  type Call,
  type ClassValue,
  type InstanceValue,
  type NativeFunction,
  NONE,
  type Place,
  type Value,
} from "../../../interpret/values.js";
import { problem, type Rule } from "../core/answer.js";
import { Args } from "../core/args.js";
import { classOf, method, setField } from "../core/native.js";
import { type Actor, applyRule, report } from "../core/record.js";
import { type Bound, bind, placesByName, type Signature, signature } from "../core/signature.js";
import { roleOf, TorchTensor } from "../core/tensor.js";
import { MODULE } from "./moduleClass.js";

/** A layer of the library: its constructor's arguments become fields, beside its weights, and its rule reads them from there. */
export interface LayerEntry {
  readonly signature: Signature;
  /** Parameters of `forward`. */
  readonly inputs: Signature;
  readonly rule: Rule;
  /** Fields beside and instead of the arguments: weights, sizes as PyTorch keeps them. */
  readonly fields?: (args: Args) => Readonly<Record<string, Value>>;
  /** Lazy layers: fields that the first input decides, and what the layer is from then on. */
  readonly lazy?: { readonly becomes: string; readonly fields: (args: Args) => Readonly<Record<string, Value>> };
}

/** Where a layer was made; kept with each instance. */
class Made {
  constructor(
    private readonly signature: Signature,
    private readonly call: Call,
  ) {}

  get place(): Place {
    return this.call.place;
  }

  /** Where its arguments stand. */
  get arguments(): ReadonlyMap<string, TextRange> {
    return placesByName(this.signature, this.call.argumentPlaces);
  }
}

const entries = new WeakMap<NativeFunction, LayerEntry>();
const entriesByClass = new WeakMap<ClassValue, LayerEntry>();

/** The class of a layer: `written` is its constructor as PyTorch documents it. */
export function layerClass(
  written: string,
  rule: Rule,
  more: Omit<Partial<LayerEntry>, "inputs"> & { readonly inputs?: string } = {},
): ClassValue {
  const { inputs = "forward(input)", ...rest } = more;
  const made = signature(written);
  const entry: LayerEntry = { signature: made, inputs: signature(`${made.name}.${inputs}`), rule, ...rest };
  const forward = method("forward", (self, args, call) => runLayer(self, entry, args, call, "function"));
  const init = method("__init__", (self, args, call) => {
    initialize(self, entry, args, call);
    return NONE;
  });
  const cls = classOf(entry.signature.name, [MODULE], [init, forward]);
  entries.set(forward[1], entry);
  entriesByClass.set(cls, entry);
  return cls;
}

/** The entry behind a `forward` that no program has overridden. */
export function entryBehind(forward: Value | undefined): LayerEntry | undefined {
  const found = forward?.kind === "method" ? forward.function : forward;
  return found?.kind === "native" ? entries.get(found) : undefined;
}

function initialize(self: InstanceValue, entry: LayerEntry, given: Arguments, call: Call): void {
  const lenient = () => bind(entry.signature, { ...given, incomplete: true }, call, true);
  const bound = whole(
    refusing(call, () => bind(entry.signature, given, call), lenient),
    entry.signature,
    call,
  );
  const args = new Args((name) => bound.get(name), call);
  self.payload = new Made(entry.signature, call);
  const fields = refusing(
    call,
    () => entry.fields?.(args) ?? {},
    (): Readonly<Record<string, Value>> => ({}),
  );
  bound.forEach((value, name) => {
    if (!(name in fields) && name !== "device" && name !== "dtype") setField(self, name, value, call);
  });
  for (const name in fields) setField(self, name, fields[name] ?? NONE, call);
}

/** What a constructor surely refuses is said there; the layer is made all the same, so that the rest of its model is still told. */
function refusing<Made>(call: Call, make: () => Made, otherwise: () => Made): Made {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    report(error.problem, { madeAt: call.place }, call);
    return otherwise();
  }
}

const WHOLE = new Set(
  "in_channels out_channels in_features out_features num_features groups kernel_size num_groups num_channels".split(" "),
);

/** Rounds what should be an integer and is none; says so once, as one division that is wrong makes many floats. */
function whole(bound: Bound, { name: layer }: Signature, call: Call): Bound {
  let rounded: Map<string, Value> | undefined;
  for (const [name, value] of bound) {
    if (!WHOLE.has(name) || value.kind !== "number" || !value.float) continue;
    rounded ??= new Map(bound);
    rounded.set(name, { ...value, value: Math.floor(value.value), float: false });
    if (call.interpreter.trace.problems.some(({ code }) => code === "not-an-integer")) continue;
    const shown = Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
    const message = `${layer}: ${name} must be an int, but is the float ${shown}; "/" makes floats, "//" ints`;
    report(problem("not-an-integer", message), { madeAt: call.place }, call);
  }
  return rounded ?? bound;
}

/** Applies a layer's rule to what its `forward` gets. */
export function runLayer(self: InstanceValue, entry: LayerEntry, given: Arguments, call: Call, role: Actor["role"], name = ""): Value {
  const bound = bind(entry.inputs, given, call, true);
  const find = (field: string) => bound.get(field) ?? self.fields.get(field);
  if (entry.lazy) materialize(self, entry.lazy, new Args(find, call), call);
  const isOwn = entriesByClass.get(self.class) === entry;
  const type = isOwn && entry.lazy && self.fields.has("weight") ? entry.lazy.becomes : self.class.name;
  const made = self.payload instanceof Made ? self.payload : undefined;
  const actor: Actor = {
    type,
    role,
    name,
    owner: self,
    madeAt: role === "layer" ? self.place : call.place,
    parameters: role === "layer" ? parametersOf(self) : [],
    made: () => argumentsOf(self, entry),
    ...(made && { edits: made }),
  };
  return applyRule(entry.rule, bound, actor, call, find);
}

/** Its constructor's arguments as it keeps them. */
function argumentsOf(self: InstanceValue, { signature: { parameters } }: LayerEntry): Bound {
  return new Map(
    parameters.flatMap(({ name }) => {
      const value = self.fields.get(name);
      return value ? [[name, value] as const] : [];
    }),
  );
}

function materialize(self: InstanceValue, lazy: NonNullable<LayerEntry["lazy"]>, args: Args, call: Call): void {
  if (self.fields.get("weight")?.kind === "tensor" || args.shape("input") === undefined) return;
  for (const [name, value] of Object.entries(lazy.fields(args))) setField(self, name, value, call);
}

/** A module's own weights and statistics, as a trace tells them. */
export function parametersOf(module: InstanceValue): TracedParameter[] {
  const found: TracedParameter[] = [];
  module.fields.forEach((value, name) => {
    if (value.kind !== "tensor" || !(value.tensor instanceof TorchTensor) || roleOf(value.tensor) === "data") return;
    const { shape = [undefined], role, trainable } = value.tensor;
    found.push({ name, shape, trainable, counted: role === "parameter" });
  });
  return found;
}
