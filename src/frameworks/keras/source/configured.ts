import type { ClassValue, Value } from "../../../interpret/values.js";
import type { Datum } from "../layers/data.js";
import { libraryClass, methods } from "./classTools.js";
import { ConfiguredObject, toDatum } from "./datum.js";

/** Classes whose objects only matter as arguments of layers, and what their constructors take without names. */
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  Constant: ["value"],
  RandomNormal: ["mean", "stddev"],
  RandomUniform: ["minval", "maxval"],
  TruncatedNormal: ["mean", "stddev"],
  VarianceScaling: ["scale", "mode", "distribution"],
  Zeros: [],
  Ones: [],
  GlorotUniform: [],
  GlorotNormal: [],
  HeNormal: [],
  HeUniform: [],
  LecunNormal: [],
  LecunUniform: [],
  Orthogonal: ["gain"],
  L1: ["l1"],
  L2: ["l2"],
  L1L2: ["l1", "l2"],
  SGD: ["learning_rate", "momentum", "nesterov"],
  Adam: ["learning_rate", "beta_1", "beta_2", "epsilon"],
  AdamW: ["learning_rate", "weight_decay", "beta_1", "beta_2", "epsilon"],
  RMSprop: ["learning_rate", "rho", "momentum", "epsilon"],
  CategoricalCrossentropy: [],
  SparseCategoricalCrossentropy: [],
  BinaryCrossentropy: [],
  MeanSquaredError: [],
  MeanAbsoluteError: [],
};

/** Functions that make the same objects: l2(0.01), he_normal(), RandomNormal under its old names. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  l1: "L1",
  l2: "L2",
  l1_l2: "L1L2",
  glorot_uniform: "GlorotUniform",
  glorot_normal: "GlorotNormal",
  he_normal: "HeNormal",
  he_uniform: "HeUniform",
  lecun_normal: "LecunNormal",
  lecun_uniform: "LecunUniform",
  constant: "Constant",
  random_normal: "RandomNormal",
  random_uniform: "RandomUniform",
  truncated_normal: "TruncatedNormal",
};

const classes: ReadonlyMap<string, ClassValue> = new Map(Object.entries(CLASSES).map(([name, names]) => [name, classOf(name, names)]));

function classOf(className: string, names: readonly string[]): ClassValue {
  return libraryClass(
    className,
    [],
    methods({
      __init__: (self, { positional, named }) => {
        const config: Record<string, Datum> = className.startsWith("L1") || className.startsWith("L2") ? usual(names) : {};
        positional.forEach((value, i) => {
          const name = names[i];
          if (name !== undefined) config[name] = toDatum(value);
        });
        // Keras 1 and 2 call the factor of l1 and l2 just l.
        for (const [name, value] of named) config[name === "l" ? (names[0] ?? name) : name] = toDatum(value);
        self.payload = new ConfiguredObject(config);
        return { kind: "none" };
      },
    }),
  );
}

const usual = (names: readonly string[]): Record<string, Datum> => Object.fromEntries(names.map((name) => [name, 0.01]));

/** An initializer or regularizer, by any of its names. */
export function configured(name: string): Value | undefined {
  return classes.get(name) ?? classes.get(FUNCTIONS[name] ?? "");
}
