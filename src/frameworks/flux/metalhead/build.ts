import { builtins } from "../../../interpret/julia/builtins/names.js";
import { boolean, numberOf, pair, wholeOf } from "../../../interpret/julia/natives.js";
import { type Call, integer, tuple, type Value } from "../../../interpret/values.js";
import { construct } from "../classes.js";
import { FUNCTIONS } from "../functions.js";
import { createClassifier, FLATTEN, IDENTITY, RELU } from "./helpers.js";

interface ConvOptions {
  readonly stride?: number;
  readonly pad?: Sides;
  readonly groups?: number;
  readonly bias?: boolean;
}

/** The same for rows and columns, or each its own. */
type Sides = number | readonly [number, number];

/** Makes Flux layers at the place of a call, the way Metalhead's own files write them. */
export class Builder {
  constructor(
    readonly call: Call,
    readonly named: ReadonlyMap<string, Value>,
  ) {}

  /** A keyword argument that is a number. */
  option(name: string, missing: number): number {
    return numberOf(this.named.get(name)) ?? missing;
  }

  chain(...layers: readonly Value[]): Value {
    return construct("Chain", this.call, layers);
  }

  conv(
    kernel: Sides,
    from: number,
    to: number,
    { stride = 1, pad = 0, groups = 1, bias = true }: ConvOptions = {},
    activation = RELU,
  ): Value {
    const options = { stride: integer(stride), pad: sides(pad), groups: integer(groups), bias: boolean(bias) };
    return construct("Conv", this.call, [sides(kernel), pair(integer(from), integer(to)), activation], options);
  }

  /** A convolution without bias and its normalisation. */
  convNorm(kernel: Sides, from: number, to: number, options: ConvOptions = {}, activation = RELU): Value[] {
    return [this.conv(kernel, from, to, { ...options, bias: false }, IDENTITY), this.norm(to, activation)];
  }

  norm(channels: number, activation = RELU): Value {
    return construct("BatchNorm", this.call, [integer(channels), activation]);
  }

  pool(type: "MaxPool" | "MeanPool", size: number, stride: number, pad = 0): Value {
    return construct(type, this.call, [square(size)], { stride: integer(stride), pad: integer(pad) });
  }

  dense(from: number, to: number, activation = RELU): Value {
    return construct("Dense", this.call, [pair(integer(from), integer(to)), activation]);
  }

  dropout(rate: number): Value {
    return construct("Dropout", this.call, [{ kind: "number", value: rate, float: true }]);
  }

  adaptivePool(size: number): Value {
    return construct("AdaptiveMeanPool", this.call, [square(size)]);
  }

  flatten(): Value {
    return FLATTEN;
  }

  /** What the layers make and their input, put together by a function. */
  skip(layers: Value, connection: Value): Value {
    return construct("SkipConnection", this.call, [layers, connection]);
  }

  parallel(connection: Value, ...branches: readonly Value[]): Value {
    return construct("Parallel", this.call, [connection, ...branches]);
  }

  classifier(channels: number, rate?: number): Value {
    const dropout = rate === undefined ? [] : [["dropout_prob", { kind: "number", value: rate, float: true }] as const];
    return createClassifier([integer(channels), integer(this.option("nclasses", 1000))], this.call, new Map<string, Value>(dropout));
  }
}

function square(size: number): Value {
  return sides(size);
}

function sides(sizes: Sides): Value {
  return tuple((typeof sizes === "number" ? [sizes, sizes] : sizes).map(integer));
}

export const CAT = FUNCTIONS.get("cat_channels") ?? IDENTITY;
export const PLUS = builtins().get("+") ?? IDENTITY;
export const RELU6 = FUNCTIONS.get("relu6") ?? RELU;

/** The first argument where it is one of the sizes that a family has. */
export function memberOf<Members extends object>(members: Members, args: readonly Value[]): Members[keyof Members] | undefined {
  const size = wholeOf(args[0]);
  const found = Object.entries(members).find(([key]) => key === String(size));
  return found?.[1];
}
