import { type Call, type ClassValue, type InstanceValue, NONE, type TensorValue, unknown, type Value } from "../../../interpret/values.js";
import type { Rule } from "../core/answer.js";
import { construct } from "../core/native.js";
import { applyRule, functionActor } from "../core/record.js";
import { elementwise, sumStep } from "../operations/broadcast.js";
import { cat } from "../operations/join.js";
import { ACTIVATION_RULES } from "../operations/pointwise.js";
import { flatten } from "../operations/reshape.js";
import { CONTAINERS } from "./containers.js";
import { CONVOLUTIONS } from "./conv.js";
import { NORMS } from "./norm.js";
import { POOLS } from "./pool.js";
import { RECURRENT } from "./recurrent.js";
import { SIMPLE } from "./simple.js";

/** Layers and containers of torch.nn by name. */
export const LAYERS: ReadonlyMap<string, ClassValue> = new Map(
  [...CONTAINERS, ...CONVOLUTIONS, ...NORMS, ...POOLS, ...RECURRENT, ...SIMPLE].map((cls) => [cls.name, cls]),
);

export type Make = (name: string, positional: readonly Value[], named?: Readonly<Record<string, Value>>) => InstanceValue;

/** Makes layers as code of the library does, whose source nobody opens: at the place of the program's call, with nothing to mend. */
export function layers(call: Call): Make {
  const inside: Call = { place: call.place, interpreter: call.interpreter, argumentPlaces: new Map() };
  return (name, positional, named = {}) => {
    const cls = LAYERS.get(name);
    if (!cls) throw new Error(`torch.nn.${name} is not in the table`);
    return construct(cls, { positional, named: new Map(Object.entries(named)), incomplete: false }, inside);
  };
}

const addition = elementwise(sumStep);
const multiplication = elementwise();
const FUNCTIONS = { relu: ACTIVATION_RULES.relu, flatten } as const;

/** What a `forward` of the library does: calls its modules, and functions between them. */
export class Forward {
  constructor(
    readonly self: InstanceValue,
    readonly call: Call,
  ) {}

  /** Calls the module in a field; a field with none passes its input on. */
  run(field: string, ...inputs: Value[]): Value {
    const module = this.self.fields.get(field);
    if (!module || module.kind === "none") return inputs[0] ?? NONE;
    return this.call.interpreter.call(module, inputs, this.call.place);
  }

  add(self: Value, other: Value): Value {
    return this.#apply("+", addition, { self, other });
  }

  multiply(self: Value, other: Value): Value {
    return this.#apply("*", multiplication, { self, other });
  }

  cat(items: readonly Value[], dim = 1): Value {
    const known = items.filter((item): item is TensorValue => item.kind === "tensor");
    if (known.length < items.length) return unknown("what comes before is not known");
    return this.#apply("torch.cat", cat, { tensors: { kind: "list", items: known }, dim: { kind: "number", value: dim, float: false } });
  }

  /** relu, or flatten of all axes but the batch. */
  function(name: keyof typeof FUNCTIONS, input: Value): Value {
    const more: Record<string, Value> =
      name === "flatten"
        ? { start_dim: { kind: "number", value: 1, float: false }, end_dim: { kind: "number", value: -1, float: false } }
        : {};
    return this.#apply(name === "flatten" ? "torch.flatten" : `F.${name}`, FUNCTIONS[name], { input, ...more });
  }

  #apply(type: string, rule: Rule, args: Readonly<Record<string, Value>>): Value {
    return applyRule(rule, new Map(Object.entries(args)), functionActor(type, this.call.place), this.call);
  }
}
