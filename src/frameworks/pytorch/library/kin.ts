import {
  type Arguments,
  type Call,
  type ClassValue,
  type InstanceValue,
  type ModuleValue,
  NONE,
  tuple,
  unknown,
  type Value,
} from "../../../interpret/values.js";
import { classOf, method, native } from "../core/native.js";
import { layerClass } from "../modules/layer.js";
import { MODULE } from "../modules/moduleClass.js";
import { identity } from "../operations/pointwise.js";
import { moduleOf, passing, words } from "./modules.js";

/** Hyperparameters by attribute or by item. */
const HYPERPARAMETERS: ClassValue = {
  ...classOf(
    "AttributeDict",
    [],
    [
      method("__getitem__", ({ fields }, { positional: [name] }) => {
        const found = name?.kind === "string" ? fields.get(name.value) : undefined;
        return found ?? unknown("the hyperparameter is not known");
      }),
    ],
  ),
  incomplete: true,
};

/** save_hyperparameters(): the arguments of the constructor that calls it, or those of the dictionary or object it is given. */
function saveHyperparameters(self: InstanceValue, { positional: [given] }: Arguments, { interpreter, place }: Call): Value {
  const made: InstanceValue = { kind: "instance", class: HYPERPARAMETERS, fields: new Map(), place };
  const names = new Map(interpreter.locals);
  for (const value of [given, ...names.values()]) {
    if (value?.kind !== "dictionary") continue;
    for (const { key, value: item } of value.entries.values()) if (key.kind === "string") names.set(key.value, item);
  }
  if (given?.kind === "instance") for (const [name, value] of given.fields) names.set(name, value);
  for (const [name, value] of names) if (value !== self && !name.startsWith("_")) made.fields.set(name, value);
  interpreter.setAttribute(self, "hparams", made);
  return NONE;
}

/** Lightning's module: torch's, with more that does nothing to shapes. */
const LIGHTNING: ClassValue = {
  ...classOf(
    "LightningModule",
    [MODULE],
    [
      method("save_hyperparameters", saveHyperparameters),
      ...words("log log_dict configure_optimizers manual_backward").map((name) => method(name, () => NONE)),
    ],
  ),
  incomplete: true,
};

const lightning = (name: string) => moduleOf(name, new Map([["LightningModule", LIGHTNING]]));

/** timm's layers that only change training: a path of a residual network that is left out now and then. */
const DROP_PATH = layerClass("DropPath(drop_prob=0.0, scale_by_keep=True)", identity);

const toTuple = (count: number): [string, Value] => [
  `to_${count}tuple`,
  native(`to_${count}tuple`, ({ positional: [x = NONE] }) => (x.kind === "number" ? tuple(Array<Value>(count).fill(x)) : x)),
];

const TIMM = moduleOf(
  "timm.layers",
  new Map<string, Value>([
    ["DropPath", DROP_PATH],
    ...words("trunc_normal_ lecun_normal_ variance_scaling_").map((name): [string, Value] => [name, passing(name)]),
    ...[1, 2, 3].map(toTuple),
  ]),
);

const KIN: ReadonlyMap<string, ModuleValue> = new Map([
  ...words("pytorch_lightning lightning lightning.pytorch").map((name) => [name, lightning(name)] as const),
  ...words("timm.layers timm.models.layers timm.models.layers.drop timm.layers.drop timm.layers.weight_init").map(
    (name) => [name, TIMM] as const,
  ),
]);

/** Libraries that are built on torch, as far as models use them. */
export function kin(name: string): ModuleValue | undefined {
  return KIN.get(name);
}
