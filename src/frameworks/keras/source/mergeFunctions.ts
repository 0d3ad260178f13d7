import type { Arguments, Call, NativeFunction, Value } from "../../../interpret/values.js";
import type { Datum } from "../layers/data.js";
import { toDatum } from "./datum.js";
import { makeLayer } from "./layerClasses.js";
import { callLayer } from "./run.js";

/** layers.add([a, b]) and the other functions that make a merge layer and call it at once. */
const CLASSES: Readonly<Record<string, string>> = {
  add: "Add",
  subtract: "Subtract",
  multiply: "Multiply",
  average: "Average",
  maximum: "Maximum",
  minimum: "Minimum",
  concatenate: "Concatenate",
  dot: "Dot",
};

/** merge(mode=) of Keras 1. */
const MODES: Readonly<Record<string, string>> = {
  sum: "Add",
  mul: "Multiply",
  concat: "Concatenate",
  ave: "Average",
  max: "Maximum",
  dot: "Dot",
};

const ARGUMENTS: Readonly<Record<string, string>> = {
  axis: "axis",
  concat_axis: "axis",
  axes: "axes",
  dot_axes: "axes",
  normalize: "normalize",
  name: "name",
};

function merge(className: string, { positional, named }: Arguments, call: Call): Value {
  const [inputs = named.get("inputs") ?? { kind: "none" }, second] = positional;
  const data: Record<string, Datum> = {};
  for (const [name, value] of named) {
    const known = ARGUMENTS[name];
    if (known !== undefined) data[known] = toDatum(value);
  }
  if (second && className === "Concatenate") data["axis"] = toDatum(second);
  if (second && className === "Dot") data["axes"] = toDatum(second);
  return callLayer(makeLayer(className, data, call), { positional: [inputs], named: new Map(), incomplete: false }, call);
}

export const MERGE_FUNCTIONS: ReadonlyMap<string, NativeFunction> = new Map([
  ...Object.entries(CLASSES).map(([name, className]): [string, NativeFunction] => [
    name,
    { kind: "native", name: `layers.${name}`, call: (args, call) => merge(className, args, call) },
  ]),
  [
    "merge",
    {
      kind: "native",
      name: "layers.merge",
      call: (args, call) => {
        const mode = args.named.get("mode") ?? args.positional[1];
        const className = (mode?.kind === "string" ? MODES[mode.value] : undefined) ?? "Add";
        return merge(className, { ...args, positional: args.positional.slice(0, 1) }, call);
      },
    },
  ],
]);
