import { type Call, type ClassValue, type InstanceValue, integer, list, NONE, TRUE, type Value } from "../../../interpret/values.js";
import type { Rule } from "../core/answer.js";
import { construct } from "../core/native.js";
import { applyRule, functionActor } from "../core/record.js";
import { arithmetic } from "../operations/arithmetic.js";
import { cat, chunk } from "../operations/join.js";
import { ACTIVATION_RULES } from "../operations/pointwise.js";
import { adaptivePooling, pooling } from "../operations/pool.js";
import { reduction } from "../operations/reduce.js";
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

const RULES = {
  "+": arithmetic("add"),
  "*": arithmetic("multiply"),
  "torch.cat": cat,
  "torch.flatten": flatten,
  "F.relu": ACTIVATION_RULES.relu,
  "F.adaptive_avg_pool2d": adaptivePooling("avg", 2),
  "F.avg_pool2d": pooling("avg", 2),
  "F.max_pool2d": pooling("max", 2),
  "F.channel_shuffle": ACTIVATION_RULES.channelShuffle,
  mean: reduction(undefined, "mean"),
  chunk,
} as const satisfies Readonly<Record<string, Rule>>;

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
    return this.#apply("+", { self, other });
  }

  multiply(self: Value, other: Value): Value {
    return this.#apply("*", { self, other });
  }

  cat(items: readonly Value[]): Value {
    return this.#apply("torch.cat", { tensors: list(items), dim: integer(1) });
  }

  relu(input: Value): Value {
    return this.#apply("F.relu", { input });
  }

  /** All axes but the batch in a row. */
  flatten(input: Value): Value {
    return this.#apply("torch.flatten", { input, start_dim: integer(1), end_dim: integer(-1) });
  }

  /** A method of a tensor that takes whole numbers: x.permute(0, 2, 1). */
  method(tensor: Value, name: "expand" | "flatten" | "permute" | "select", ...numbers: readonly number[]): Value {
    const { interpreter, place } = this.call;
    return interpreter.call(interpreter.attribute(tensor, name) ?? NONE, numbers.map(integer), place);
  }

  /** Averages over the whole image, which stays one of a single pixel. */
  globalPool(input: Value): Value {
    return this.#apply("F.adaptive_avg_pool2d", { input, output_size: integer(1) });
  }

  /** Averages over height and width, which go. */
  mean(self: Value): Value {
    return this.#apply("mean", { self, dim: list([integer(2), integer(3)]) });
  }

  /** Windows of 3x3: averages that keep the size, or maxima of every second place. */
  pool3(input: Value, kind: "avg" | "max"): Value {
    const isMax = kind === "max";
    const options = isMax
      ? { stride: integer(2), padding: integer(0), dilation: integer(1) }
      : { stride: integer(1), padding: integer(1), count_include_pad: TRUE };
    return this.#apply(isMax ? "F.max_pool2d" : "F.avg_pool2d", { input, kernel_size: integer(3), ...options });
  }

  /** The two halves of the channels. */
  halves(self: Value): readonly Value[] {
    const parts = this.#apply("chunk", { self, chunks: integer(2), dim: integer(1) });
    return parts.kind === "tuple" ? parts.items : [];
  }

  /** Channels of both halves in turn. */
  shuffle(input: Value): Value {
    return this.#apply("F.channel_shuffle", { input, groups: integer(2) });
  }

  #apply(type: keyof typeof RULES, args: Readonly<Record<string, Value>>): Value {
    return applyRule(RULES[type], new Map(Object.entries(args)), functionActor(type, this.call.place), this.call);
  }
}
