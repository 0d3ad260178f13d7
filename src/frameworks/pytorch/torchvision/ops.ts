import { step } from "../../../interpret/steps.js";
import {
  type Call,
  type ClassValue,
  type InstanceValue,
  integer,
  NONE,
  text,
  tuple,
  unknown,
  type Value,
} from "../../../interpret/values.js";
import { divisible } from "../../published/divisible.js";
import { answer, type Rule } from "../core/answer.js";
import { Args, numberOf } from "../core/args.js";
import { functionOf } from "../core/functions.js";
import { classOf, method, native, setField } from "../core/native.js";
import { bind, signature } from "../core/signature.js";
import { buffer } from "../core/tensor.js";
import { Forward, LAYERS, layers } from "../modules/building.js";
import { SEQUENTIAL } from "../modules/containers.js";
import { layerClass } from "../modules/layer.js";
import { MODULE } from "../modules/moduleClass.js";
import { pointwise } from "../operations/pointwise.js";
import { permute } from "../operations/reshape.js";

const BLOCK =
  "(in_channels, out_channels, kernel_size=3, stride=1, padding=None, groups=1, norm_layer='norm', activation_layer='relu', dilation=1, inplace=True, bias=None, conv_layer=None)";

function argumentsOf(written: string, args: Parameters<typeof bind>[1], call: Call): Args {
  const bound = bind(signature(written), args, call, true);
  return new Args((name) => bound.get(name), call);
}

/** What a program gives as a layer to be made, or the one that is meant where it gives none. */
function made(
  args: Args,
  name: string,
  usual: string,
  positional: readonly Value[],
  named: Readonly<Record<string, Value>>,
  call: Call,
): Value {
  const given = args.value(name);
  if (given.kind === "none") return NONE;
  const cls = given.kind === "string" ? LAYERS.get(usual) : undefined;
  return cls
    ? layers(call)(usual, positional, named)
    : call.interpreter.call(given, positional, call.place, new Map(Object.entries(named)));
}

/** ops.Conv2dNormActivation: a convolution that keeps the size, a norm, an activation. */
function convNormActivation(name: string, count: number, bases: readonly ClassValue[]): ClassValue {
  const fill = (self: InstanceValue, args: Args, call: Call) => {
    const [kernel, dilation] = [args.sizes("kernel_size", count), args.sizes("dilation", count)];
    const around = tuple(kernel.map((size, i) => integer(Math.floor(((size ?? 1) - 1) / 2) * (dilation[i] ?? 1))));
    const hasNorm = !args.isNone("norm_layer");
    const [inputs, outputs] = [args.value("in_channels"), args.value("out_channels")];
    const conv = layers(call)(`Conv${count}d`, [inputs, outputs, args.value("kernel_size"), args.value("stride")], {
      padding: args.isNone("padding") ? around : args.value("padding"),
      dilation: args.value("dilation"),
      groups: args.value("groups"),
      bias: args.isNone("bias") ? { kind: "boolean", value: !hasNorm } : args.value("bias"),
    });
    const inplace: Record<string, Value> = args.isNone("inplace") ? {} : { inplace: args.value("inplace") };
    const norm = made(args, "norm_layer", `BatchNorm${count}d`, [outputs], {}, call);
    const activation = made(args, "activation_layer", "ReLU", [], inplace, call);
    const children = [conv, norm, activation].filter(({ kind }) => kind !== "none");
    for (const [i, child] of children.entries()) setField(self, String(i), child, call);
    setField(self, "out_channels", outputs, call);
  };
  return classOf(name, bases, [
    method("__init__", (self, given, call) => {
      fill(self, argumentsOf(`${name}${BLOCK}`, given, call), call);
      return NONE;
    }),
  ]);
}

const anyNormActivation = convNormActivation("ConvNormActivation", 2, [SEQUENTIAL]);

/** ops.SqueezeExcitation (Hu et al., 2018): each channel weighed by what all of the image says. */
const squeezeExcitation = classOf(
  "SqueezeExcitation",
  [MODULE],
  [
    method("__init__", (self, given, call) => {
      const args = argumentsOf(
        "SqueezeExcitation(input_channels, squeeze_channels, activation='relu', scale_activation='sigmoid')",
        given,
        call,
      );
      const make = layers(call);
      const [inputs, squeezed] = [args.value("input_channels"), args.value("squeeze_channels")];
      for (const [name, child] of Object.entries({
        avgpool: make("AdaptiveAvgPool2d", [integer(1)]),
        fc1: make("Conv2d", [inputs, squeezed, integer(1)]),
        fc2: make("Conv2d", [squeezed, inputs, integer(1)]),
        activation: made(args, "activation", "ReLU", [], {}, call),
        scale_activation: made(args, "scale_activation", "Sigmoid", [], {}, call),
      })) {
        setField(self, name, child, call);
      }
      return NONE;
    }),
    method("forward", (self, { positional: [input = NONE] }, call) => {
      const forward = new Forward(self, call);
      const scale = ["avgpool", "fc1", "activation", "fc2", "scale_activation"].reduce((x, field) => forward.run(field, x), input);
      return forward.multiply(scale, input);
    }),
  ],
);

/** ops.MLP: linear layers with an activation and dropout behind each. */
const perceptron = classOf(
  "MLP",
  [SEQUENTIAL],
  [
    method("__init__", (self, given, call) => {
      const args = argumentsOf(
        "MLP(in_channels, hidden_channels, norm_layer=None, activation_layer='relu', inplace=None, bias=True, dropout=0.0)",
        given,
        call,
      );
      const make = layers(call);
      const inplace: Record<string, Value> = args.isNone("inplace") ? {} : { inplace: args.value("inplace") };
      const hidden = args.items("hidden_channels") ?? [];
      let inputs = args.value("in_channels");
      const children = hidden.flatMap((outputs, i) => {
        const linear = make("Linear", [inputs, outputs], { bias: args.value("bias") });
        inputs = outputs;
        const dropout = make("Dropout", [args.value("dropout")], inplace);
        if (i === hidden.length - 1) return [linear, dropout];
        const norm = made(args, "norm_layer", "BatchNorm1d", [outputs], {}, call);
        return [linear, norm, made(args, "activation_layer", "ReLU", [], inplace, call), dropout].filter(({ kind }) => kind !== "none");
      });
      for (const [i, child] of children.entries()) setField(self, String(i), child, call);
      return NONE;
    }),
  ],
);

/** Leaves whole examples out while training, as dropping an image's only channel does. */
const stochasticDepth: Rule = pointwise((args, input) => {
  const rate = args.number("p");
  if (rate === 0) return [];
  const [, channels, height, width] = input ?? [];
  const isImage = input?.length === 4 && channels !== undefined && height !== undefined && width !== undefined;
  if (!isImage || rate === undefined || rate >= 1 || args.text("mode") !== "row") return undefined;
  const single = step("reshape", { targetShape: [-1, 1, 1] });
  return [single, step("spatialDropout2d", { rate }), step("reshape", { targetShape: [height, width, channels] })];
});

export const STOCHASTIC_DEPTH = layerClass("StochasticDepth(p, mode)", stochasticDepth);
export const PERMUTE = layerClass("Permute(dims)", permute);

/** Batch normalization by statistics that never change; all it keeps are buffers. */
const frozenNorm: Rule = (args) => {
  const [input, epsilon] = [args.shape("input"), args.number("eps")];
  const names = { gamma: "weight", beta: "bias", moving_mean: "running_mean", moving_variance: "running_var" };
  const weights = Object.fromEntries(Object.entries(names).map(([ours, parameter]) => [ours, { parameter }]));
  const catalogue = [step("batchNormalization", { epsilon, trainable: false, inference: true }, weights)];
  return answer(input, { catalogue: input?.length === 4 && epsilon !== undefined ? catalogue : undefined });
};

const FROZEN = layerClass("FrozenBatchNorm2d(num_features, eps=1e-5)", frozenNorm, {
  fields: (args) => {
    const features = args.number("num_features");
    return Object.fromEntries(["weight", "bias", "running_mean", "running_var"].map((name) => [name, buffer("float32", features)]));
  },
});

export const OPS = new Map<string, Value>([
  ...[
    anyNormActivation,
    convNormActivation("Conv2dNormActivation", 2, [anyNormActivation]),
    convNormActivation("Conv3dNormActivation", 3, [anyNormActivation]),
    squeezeExcitation,
    perceptron,
    STOCHASTIC_DEPTH,
    PERMUTE,
    FROZEN,
  ].map((cls): [string, Value] => [cls.name, cls]),
  ["ConvNormActivation", anyNormActivation],
  ["stochastic_depth", functionOf("stochastic_depth(input, p, mode, training=True)", stochasticDepth, "torchvision.ops.stochastic_depth")],
]);

/** A decorator with arguments that changes nothing: @register_model(). */
const decorating = (name: string) =>
  native(name, ({ positional: [first] }) =>
    first?.kind === "function" || first?.kind === "class" ? first : native(name, ({ positional: [decorated = NONE] }) => decorated),
  );

/** torchvision.models._utils, _api and torchvision.utils, which its sources import from beside them. */
export const INTERNALS = new Map<string, Value>([
  [
    "_make_divisible",
    native("_make_divisible", (given, call) => {
      const args = argumentsOf("_make_divisible(v, divisor, min_value=None)", given, call);
      const [value, divisor, least] = [args.number("v"), args.number("divisor"), args.number("min_value")];
      if (value === undefined || divisor === undefined) return unknown("a number of channels that is not known");
      return integer(divisible(value, divisor, least));
    }),
  ],
  [
    "_make_ntuple",
    native("_make_ntuple", ({ positional: [x = NONE, n] }) => {
      const count = n && numberOf(n);
      return x.kind === "number" && count !== undefined ? tuple(Array<Value>(count).fill(x)) : x;
    }),
  ],
  ["_log_api_usage_once", native("_log_api_usage_once", () => NONE)],
  ["_ovewrite_named_param", native("_ovewrite_named_param", () => NONE)],
  ["_ovewrite_value_param", native("_ovewrite_value_param", ({ positional }) => positional.at(-1) ?? NONE)],
  ["handle_legacy_interface", decorating("handle_legacy_interface")],
  ["register_model", decorating("register_model")],
  ["kwonly_to_pos_or_kw", decorating("kwonly_to_pos_or_kw")],
  ["_IMAGENET_CATEGORIES", { kind: "list", items: Array.from({ length: 1000 }, (_, i) => text(String(i))) }],
]);
