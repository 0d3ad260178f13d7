import { FALSE, type ModuleValue, NONE, text, tuple, unknown, type Value } from "../../../interpret/values.js";
import { functionsOf } from "../core/functions.js";
import { classOf, native } from "../core/native.js";
import { MODULE } from "../modules/moduleClass.js";
import { PARAMETER, TENSOR, tensorClass } from "../modules/parameter.js";
import { CREATORS } from "../operations/create.js";
import { withNumbers } from "../tables/tensorMethods.js";
import { TENSOR_ROWS } from "../tables/tensorRows.js";
import { TORCH_ROWS } from "../tables/torchRows.js";
import { FUNCTION } from "./autograd.js";
import { context } from "./contexts.js";
import { constant, moduleOf, passing, words } from "./modules.js";
import { NN } from "./nn.js";

const DTYPES: Readonly<Record<string, string>> = {
  float: "float32",
  double: "float64",
  half: "float16",
  long: "int64",
  int: "int32",
  short: "int16",
  ...Object.fromEntries(
    words("float16 float32 float64 bfloat16 int8 int16 int32 int64 uint8 bool complex64 complex128").map((name) => [name, name]),
  ),
};

const TENSOR_CLASSES = {
  FloatTensor: "float32",
  DoubleTensor: "float64",
  HalfTensor: "float16",
  LongTensor: "int64",
  IntTensor: "int32",
  ByteTensor: "uint8",
  BoolTensor: "bool",
};

const tensorClasses = Object.entries(TENSOR_CLASSES).map(([name, dtype]): [string, Value] => [name, tensorClass(name, dtype)]);
const contexts = words("no_grad enable_grad inference_mode set_grad_enabled autocast").map((name): [string, Value] => [
  name,
  context(name),
]);
const module = (name: string, ...members: (readonly [string, Value])[]): [string, ModuleValue] => [
  name,
  moduleOf(`torch.${name}`, new Map(members)),
];
const decorator = (name: string): [string, Value] => [name, passing(name)];

/** Runs a function on what is behind it: checkpoint(run, x). */
const checkpoint = native("checkpoint", ({ positional: [run, ...inputs], named }, call) => {
  const kept = new Map([...named].filter(([name]) => !["use_reentrant", "preserve_rng_state", "context_fn", "debug"].includes(name)));
  return run ? call.interpreter.call(run, inputs, call.place, kept) : unknown("a function that is not known");
});

const checkpointSequential = native("checkpoint_sequential", ({ positional: [functions, , input] }, call) =>
  functions && input ? call.interpreter.call(functions, [input], call.place) : unknown("functions that are not known"),
);

const MODULES = new Map<string, Value>([
  ["nn", NN],
  module(
    "cuda",
    ["is_available", constant("torch.cuda.is_available", FALSE)],
    ["device_count", constant("torch.cuda.device_count", { kind: "number", value: 0, float: false })],
    ...tensorClasses,
    ["amp", moduleOf("torch.cuda.amp", new Map([["autocast", context("autocast")], decorator("custom_fwd"), decorator("custom_bwd")]))],
  ),
  module("amp", ["autocast", context("autocast")]),
  [
    "backends",
    moduleOf(
      "torch.backends",
      new Map([["mps", moduleOf("torch.backends.mps", new Map([["is_available", constant("is_available", FALSE)]]))]]),
    ),
  ],
  module("accelerator", ["is_available", constant("torch.accelerator.is_available", FALSE)]),
  module("autograd", ["Variable", passing("Variable")], ["Function", FUNCTION]),
  module(
    "jit",
    ["ScriptModule", classOf("ScriptModule", [MODULE])],
    ...words("script ignore unused export script_method script_if_tracing interface Final").map(decorator),
    ["is_scripting", constant("torch.jit.is_scripting", FALSE)],
    ["is_tracing", constant("torch.jit.is_tracing", FALSE)],
    ["annotate", native("torch.jit.annotate", ({ positional: [, value = NONE] }) => value)],
    ["trace", passing("torch.jit.trace")],
  ),
  module("fx", decorator("wrap")),
  module("compiler", decorator("disable"), decorator("allow_in_graph"), ["is_compiling", constant("is_compiling", FALSE)]),
  module("onnx", ["is_in_onnx_export", constant("is_in_onnx_export", FALSE)]),
  [
    "utils",
    moduleOf(
      "torch.utils",
      new Map(
        [module("utils.checkpoint", ["checkpoint", checkpoint], ["checkpoint_sequential", checkpointSequential])].map(([, value]) => [
          "checkpoint",
          value,
        ]),
      ),
    ),
  ],
]);

const MEMBERS = new Map<string, Value>([
  ...[...functionsOf(TENSOR_ROWS, "torch."), ...functionsOf(TORCH_ROWS, "torch.")].map(([name, run]): [string, Value] => [
    name,
    withNumbers(run),
  ]),
  ...CREATORS,
  ...Object.entries(DTYPES).map(([name, dtype]): [string, Value] => [name, text(`torch.${dtype}`)]),
  ...tensorClasses,
  ...contexts,
  ...MODULES,
  ["Tensor", TENSOR],
  ["Parameter", PARAMETER],
  ["Size", native("torch.Size", ({ positional: [sizes = NONE] }, call) => tuple(call.interpreter.items(sizes) ?? []))],
  ["device", native("torch.device", ({ positional: [name = NONE] }) => name)],
  ["compile", passing("torch.compile")],
  ["is_grad_enabled", constant("torch.is_grad_enabled", FALSE)],
  ["_assert", constant("torch._assert", NONE)],
  ["manual_seed", constant("torch.manual_seed", NONE)],
  ["pi", { kind: "number", value: Math.PI, float: true }],
  ["inf", { kind: "number", value: Number.POSITIVE_INFINITY, float: true }],
]);

export const TORCH: ModuleValue = moduleOf("torch", MEMBERS, (name) => MEMBERS.get(name.replace(/(?<=[a-z])_$/, "")));
