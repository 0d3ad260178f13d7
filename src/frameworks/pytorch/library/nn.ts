import { type Call, type InstanceValue, type ModuleValue, NONE, unknown, type Value } from "../../../interpret/values.js";
import { functionsOf } from "../core/functions.js";
import { classOf, method, native, setField } from "../core/native.js";
import { tensorValue } from "../core/tensor.js";
import { LAYERS } from "../modules/building.js";
import { COMPOSITES } from "../modules/composites.js";
import { withRole } from "../modules/module.js";
import { isModule, MODULE } from "../modules/moduleClass.js";
import { PARAMETER } from "../modules/parameter.js";
import { FUNCTIONAL_ROWS } from "../tables/functionalRows.js";
import { INITIALIZERS } from "../tables/initializing.js";
import { TENSOR_ROWS } from "../tables/tensorRows.js";
import { moduleOf, passing, words } from "./modules.js";

const ofTensors = functionsOf(TENSOR_ROWS, "F.");
const own = functionsOf(FUNCTIONAL_ROWS, "F.");

/** torch.nn.functional; functions in place ("relu_") are as those that are not. */
const FUNCTIONAL: ModuleValue = moduleOf("torch.nn.functional", own, (name) => own.get(name.replace(/_$/, "")) ?? ofTensors.get(name));

/** torch.nn.init, under the names of old versions too; what is not known of it gives its tensor back. */
const INIT: ModuleValue = moduleOf("torch.nn.init", INITIALIZERS, (name) =>
  name.startsWith("calculate_gain") ? undefined : (INITIALIZERS.get(`${name}_`) ?? passing(`nn.init.${name}`)),
);

/** Weights as a length and a direction: one number more for each output. */
const weightNorm = native("weight_norm", ({ positional: [module = NONE] }, call) => {
  const weight = isModule(module) ? module.fields.get("weight") : undefined;
  if (!isModule(module) || weight?.kind !== "tensor" || !weight.tensor.shape) return module;
  const [outputs, ...rest] = weight.tensor.shape;
  setField(module, "weight_g", withRole(tensorValue([outputs, ...rest.map(() => 1)]), "parameter"), call);
  setField(module, "weight_v", withRole(tensorValue(weight.tensor.shape), "parameter"), call);
  setField(module, "weight", tensorValue(weight.tensor.shape), call);
  return module;
});

const PARAMETRIZATIONS = new Map<string, Value>([
  ["weight_norm", weightNorm],
  ...words("spectral_norm orthogonal").map((name): [string, Value] => [name, passing(name)]),
]);

const RNN_UTILS = new Map<string, Value>([
  ["pad_packed_sequence", native("pad_packed_sequence", () => unknown("sequences of lengths that are not known"))],
  ["pack_padded_sequence", native("pack_padded_sequence", () => unknown("sequences of lengths that are not known"))],
]);

const UTILS: ModuleValue = moduleOf(
  "torch.nn.utils",
  new Map<string, Value>([
    ["weight_norm", weightNorm],
    ...words("spectral_norm remove_weight_norm remove_spectral_norm fuse_conv_bn_eval").map((name): [string, Value] => [
      name,
      passing(name),
    ]),
    ["parametrizations", moduleOf("torch.nn.utils.parametrizations", PARAMETRIZATIONS)],
    ["rnn", moduleOf("torch.nn.utils.rnn", RNN_UTILS)],
    ["clip_grad_norm_", native("clip_grad_norm_", () => NONE)],
    ["clip_grad_value_", native("clip_grad_value_", () => NONE)],
  ]),
);

/** nn.DataParallel and its kin: a module around another one. */
const around = (name: string) =>
  classOf(
    name,
    [MODULE],
    [
      method("__init__", (self: InstanceValue, { positional: [module], named }, call: Call) => {
        setField(self, "module", module ?? named.get("module") ?? NONE, call);
        return NONE;
      }),
      method("forward", (self, args, call) => {
        const module = self.fields.get("module");
        return module ? call.interpreter.call(module, args.positional, call.place, args.named) : unknown("a module that is not known");
      }),
    ],
  );

const PARALLEL = around("DataParallel");
const DISTRIBUTED = around("DistributedDataParallel");

const MEMBERS = new Map<string, Value>([
  ...LAYERS,
  ...COMPOSITES.map((cls): [string, Value] => [cls.name, cls]),
  ["Module", MODULE],
  ["Parameter", PARAMETER],
  ["UninitializedParameter", PARAMETER],
  ["Buffer", native("Buffer", ({ positional: [data = NONE] }) => withRole(data, "buffer"))],
  ["DataParallel", PARALLEL],
  ["functional", FUNCTIONAL],
  ["init", INIT],
  ["utils", UTILS],
  ["parameter", moduleOf("torch.nn.parameter", new Map([["Parameter", PARAMETER]]))],
  [
    "parallel",
    moduleOf(
      "torch.nn.parallel",
      new Map([
        ["DataParallel", PARALLEL],
        ["DistributedDataParallel", DISTRIBUTED],
      ]),
    ),
  ],
]);

/** torch.nn; its own files ("torch.nn.modules.batchnorm") have the same names. */
export const NN: ModuleValue = moduleOf("torch.nn", MEMBERS, (name) =>
  name === "modules" ? moduleOf("torch.nn.modules", MEMBERS) : undefined,
);
