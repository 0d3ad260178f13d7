import { type ClassValue, TRUE, text } from "../../../interpret/values.js";
import type { Rule } from "../core/answer.js";
import type { Args } from "../core/args.js";
import { integerOr } from "../core/signature.js";
import { parameter, parameterIf } from "../core/tensor.js";
import { bilinear, linear } from "../operations/linear.js";
import { ACTIVATION_RULES as A, identity, prelu, same } from "../operations/pointwise.js";
import { alongAxis, loss } from "../operations/reduce.js";
import { flatten, unflatten } from "../operations/reshape.js";
import { fold, glu, interpolate, paddingLayer, pixelShuffle, pixelUnshuffle, unfold } from "../operations/resize.js";
import { layerClass } from "./layer.js";

const linearWeights = (args: Args, features: number | undefined) => ({
  weight: parameter(args.number("out_features"), features),
  bias: parameterIf(args.flag("bias", true), args.number("out_features")),
});

const LINEAR: readonly ClassValue[] = [
  layerClass("Linear(in_features, out_features, bias=True, device=None, dtype=None)", linear, {
    fields: (args) => linearWeights(args, args.number("in_features")),
  }),
  layerClass("LazyLinear(out_features, bias=True, device=None, dtype=None)", linear, {
    fields: (args) => ({ wants_bias: args.value("bias"), bias: { kind: "none" } }),
    lazy: {
      becomes: "Linear",
      fields: (args) => {
        const features = args.shape("input")?.at(-1);
        const { weight } = linearWeights(args, features);
        return { in_features: integerOr(features), weight, bias: parameterIf(args.flag("wants_bias", true), args.number("out_features")) };
      },
    },
  }),
  layerClass("Bilinear(in1_features, in2_features, out_features, bias=True, device=None, dtype=None)", bilinear, {
    inputs: "forward(input1, input2)",
    fields: (args) => ({
      weight: parameter(args.number("out_features"), args.number("in1_features"), args.number("in2_features")),
      bias: parameterIf(args.flag("bias", true), args.number("out_features")),
    }),
  }),
];

/** Constructors and rules of activations, as torch.nn.modules.activation lists them. */
const ACTIVATIONS: readonly (readonly [string, Rule])[] = [
  ["Threshold(threshold, value, inplace=False)", same],
  ["ReLU(inplace=False)", A.relu],
  ["RReLU(lower=0.125, upper=0.3333333333333333, inplace=False)", same],
  ["Hardtanh(min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None)", A.hardTanh],
  ["ReLU6(inplace=False)", A.relu6],
  ["Sigmoid()", A.sigmoid],
  ["Hardsigmoid(inplace=False)", A.hardSigmoid],
  ["Tanh()", A.tanh],
  ["SiLU(inplace=False)", A.silu],
  ["Mish(inplace=False)", A.mish],
  ["Hardswish(inplace=False)", A.hardSwish],
  ["ELU(alpha=1.0, inplace=False)", A.elu],
  ["CELU(alpha=1.0, inplace=False)", A.celu],
  ["SELU(inplace=False)", A.selu],
  ["GLU(dim=-1)", glu],
  ["GELU(approximate='none')", A.gelu],
  ["Hardshrink(lambd=0.5)", same],
  ["LeakyReLU(negative_slope=0.01, inplace=False)", A.leakyRelu],
  ["LogSigmoid()", A.logSigmoid],
  ["Softplus(beta=1.0, threshold=20.0)", A.softplus],
  ["Softshrink(lambd=0.5)", same],
  ["Softsign()", A.softsign],
  ["Tanhshrink()", same],
  ["Softmin(dim=None)", same],
  ["Softmax(dim=None)", A.softmax],
  ["Softmax2d()", A.softmax],
  ["LogSoftmax(dim=None)", A.logSoftmax],
  ["Identity(*args, **kwargs)", identity],
  ["Dropout(p=0.5, inplace=False)", A.dropout],
  ["Dropout1d(p=0.5, inplace=False)", same],
  ["Dropout2d(p=0.5, inplace=False)", A.dropoutOfChannels],
  ["Dropout3d(p=0.5, inplace=False)", same],
  ["AlphaDropout(p=0.5, inplace=False)", same],
  ["FeatureAlphaDropout(p=0.5, inplace=False)", same],
  ["ChannelShuffle(groups)", A.channelShuffle],
];

const parametricRelu = layerClass("PReLU(num_parameters=1, init=0.25, device=None, dtype=None)", prelu, {
  fields: (args) => ({ weight: parameter(args.number("num_parameters")) }),
});

const PADDINGS = [1, 2, 3].flatMap((count) => [
  layerClass(`ZeroPad${count}d(padding)`, paddingLayer(count, "constant")),
  layerClass(`ConstantPad${count}d(padding, value)`, paddingLayer(count, "constant")),
  layerClass(`ReflectionPad${count}d(padding)`, paddingLayer(count, "reflect")),
  layerClass(`ReplicationPad${count}d(padding)`, paddingLayer(count, "replicate")),
  layerClass(`CircularPad${count}d(padding)`, paddingLayer(count, "circular")),
]);

const RESHAPING: readonly ClassValue[] = [
  layerClass("Flatten(start_dim=1, end_dim=-1)", flatten),
  layerClass("Unflatten(dim, unflattened_size)", unflatten),
  layerClass("PixelShuffle(upscale_factor)", pixelShuffle),
  layerClass("PixelUnshuffle(downscale_factor)", pixelUnshuffle),
  layerClass("Unfold(kernel_size, dilation=1, padding=0, stride=1)", unfold),
  layerClass("Fold(output_size, kernel_size, dilation=1, padding=0, stride=1)", fold),
  layerClass("Upsample(size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None)", interpolate),
  layerClass("UpsamplingNearest2d(size=None, scale_factor=None)", interpolate, {
    fields: () => ({ mode: text("nearest") }),
  }),
  layerClass("UpsamplingBilinear2d(size=None, scale_factor=None)", interpolate, {
    fields: () => ({ mode: text("bilinear"), align_corners: TRUE }),
  }),
];

const ELEMENT_LOSSES = (
  "L1Loss MSELoss CrossEntropyLoss NLLLoss NLLLoss2d PoissonNLLLoss GaussianNLLLoss KLDivLoss BCELoss BCEWithLogitsLoss HuberLoss " +
  "SmoothL1Loss SoftMarginLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss HingeEmbeddingLoss"
)
  .split(" ")
  .map((name) =>
    layerClass(`${name}(weight=None, size_average=None, reduce=None, reduction='mean', **kwargs)`, loss, {
      inputs: "forward(input, target)",
    }),
  );

const PAIR_LOSSES = [
  layerClass("CTCLoss(blank=0, reduction='mean', zero_infinity=False)", loss, {
    inputs: "forward(input, targets, input_lengths, target_lengths)",
  }),
  layerClass("MarginRankingLoss(margin=0.0, size_average=None, reduce=None, reduction='mean')", loss, {
    inputs: "forward(input, input2, target)",
  }),
  layerClass("CosineEmbeddingLoss(margin=0.0, size_average=None, reduce=None, reduction='mean')", loss, {
    inputs: "forward(input, input2, target)",
  }),
  layerClass("TripletMarginLoss(margin=1.0, p=2.0, eps=1e-6, swap=False, size_average=None, reduce=None, reduction='mean')", loss, {
    inputs: "forward(input, positive, negative)",
  }),
];

const SIMILARITIES = [
  layerClass("CosineSimilarity(dim=1, eps=1e-8)", alongAxis, { inputs: "forward(x1, x2)" }),
  layerClass("PairwiseDistance(p=2.0, eps=1e-6, keepdim=False)", alongAxis, { inputs: "forward(x1, x2)" }),
];

/** Criteria: modules that compare what a model answers with what was wanted. */
export const LOSSES: readonly ClassValue[] = [...ELEMENT_LOSSES, ...PAIR_LOSSES];

export const SIMPLE: readonly ClassValue[] = [
  ...LINEAR,
  ...ACTIVATIONS.map(([written, rule]) => layerClass(written, rule)),
  parametricRelu,
  ...PADDINGS,
  ...RESHAPING,
  ...LOSSES,
  ...SIMILARITIES,
];
