import type { Rule } from "../core/answer.js";
import type { Row } from "../core/functions.js";
import { convolution, transposedConvolution } from "../operations/conv.js";
import { oneHot } from "../operations/create.js";
import { bilinear, linear } from "../operations/linear.js";
import { channelNorm, groupNorm, layerNorm, localResponseNorm } from "../operations/norm.js";
import { ACTIVATION_RULES as A, prelu, same } from "../operations/pointwise.js";
import { adaptivePooling, fractionalPooling, pooling, unpooling } from "../operations/pool.js";
import { embedding, scaledDotProduct } from "../operations/recurrent.js";
import { alongAxis, loss } from "../operations/reduce.js";
import { affineGrid, fold, glu, gridSample, interpolate, pad, pixelShuffle, pixelUnshuffle, unfold } from "../operations/resize.js";

const CONVOLUTION = "input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1";
const TRANSPOSED = "input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1";
const MAX = "input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False";
const AVERAGE = "input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None";

/** Of every number by itself, in torch.nn.functional alone or with arguments of their own there. */
const POINTWISE: readonly (readonly [string, Rule])[] = [
  ["relu(input, inplace=False)", A.relu],
  ["relu6(input, inplace=False)", A.relu6],
  ["leaky_relu(input, negative_slope=0.01, inplace=False)", A.leakyRelu],
  ["elu(input, alpha=1.0, inplace=False)", A.elu],
  ["celu(input, alpha=1.0, inplace=False)", A.celu],
  ["selu(input, inplace=False)", A.selu],
  ["gelu(input, approximate='none')", A.gelu],
  ["silu(input, inplace=False)", A.silu],
  ["mish(input, inplace=False)", A.mish],
  ["hardswish(input, inplace=False)", A.hardSwish],
  ["hardsigmoid(input, inplace=False)", A.hardSigmoid],
  ["hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False)", A.hardTanh],
  ["sigmoid(input)", A.sigmoid],
  ["tanh(input)", A.tanh],
  ["softplus(input, beta=1.0, threshold=20.0)", A.softplus],
  ["softsign(input)", A.softsign],
  ["softshrink(input, lambd=0.5)", same],
  ["hardshrink(input, lambd=0.5)", same],
  ["tanhshrink(input)", same],
  ["logsigmoid(input)", A.logSigmoid],
  ["threshold(input, threshold, value, inplace=False)", same],
  ["rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False)", same],
  ["prelu(input, weight)", prelu],
  ["softmax(input, dim=None, _stacklevel=3, dtype=None)", A.softmax],
  ["softmin(input, dim=None)", same],
  ["log_softmax(input, dim=None, _stacklevel=3, dtype=None)", A.logSoftmax],
  ["gumbel_softmax(input, tau=1, hard=False, eps=1e-10, dim=-1)", same],
  ["normalize(input, p=2.0, dim=1, eps=1e-12)", same],
  ["local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0)", localResponseNorm],
  ["instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None)", channelNorm("instance", [2, 3, 4, 5])],
  ["dropout(input, p=0.5, training=True, inplace=False)", A.dropout],
  ["dropout1d(input, p=0.5, training=True, inplace=False)", same],
  ["dropout2d(input, p=0.5, training=True, inplace=False)", A.dropoutOfChannels],
  ["dropout3d(input, p=0.5, training=True, inplace=False)", same],
  ["alpha_dropout(input, p=0.5, training=False, inplace=False)", same],
  ["feature_alpha_dropout(input, p=0.5, training=False, inplace=False)", same],
  ["channel_shuffle(input, groups)", A.channelShuffle],
];

const LOSSES =
  "cross_entropy nll_loss binary_cross_entropy binary_cross_entropy_with_logits mse_loss l1_loss smooth_l1_loss huber_loss kl_div " +
  "poisson_nll_loss gaussian_nll_loss ctc_loss cosine_embedding_loss margin_ranking_loss triplet_margin_loss hinge_embedding_loss " +
  "multi_margin_loss multilabel_margin_loss soft_margin_loss multilabel_soft_margin_loss";

const windows = [1, 2, 3].flatMap((count): Row[] => [
  [`conv${count}d(${CONVOLUTION})`, convolution(count)],
  [`conv_transpose${count}d(${TRANSPOSED})`, transposedConvolution(count)],
  [`max_pool${count}d(${MAX})`, pooling("max", count)],
  [`avg_pool${count}d(${AVERAGE})`, pooling("avg", count)],
  [`lp_pool${count}d(input, norm_type, kernel_size, stride=None, ceil_mode=False)`, pooling("lp", count)],
  [`adaptive_max_pool${count}d(input, output_size, return_indices=False)`, adaptivePooling("max", count)],
  [`adaptive_avg_pool${count}d(input, output_size)`, adaptivePooling("avg", count)],
  [`max_unpool${count}d(input, indices, kernel_size, stride=None, padding=0, output_size=None)`, unpooling(count)],
]);

/** torch.nn.functional. */
export const FUNCTIONAL_ROWS: readonly Row[] = [
  ...windows,
  ...POINTWISE,
  ...LOSSES.split(" ").map((name): Row => [`${name}(input, target, weight=None, reduction='mean')`, loss]),
  ...[2, 3].map(
    (count): Row => [
      `fractional_max_pool${count}d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False)`,
      fractionalPooling(count),
    ],
  ),
  ["linear(input, weight, bias=None)", linear],
  ["bilinear(input1, input2, weight, bias=None)", bilinear],
  [
    "batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5)",
    channelNorm("batch", [2, 3, 4, 5]),
  ],
  ["group_norm(input, num_groups, weight=None, bias=None, eps=1e-5)", groupNorm],
  ["layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5)", layerNorm],
  ["rms_norm(input, normalized_shape, weight=None, eps=None)", layerNorm],
  ["glu(input, dim=-1)", glu],
  ["embedding(input, weight)", embedding],
  ["one_hot(input, num_classes=-1)", oneHot],
  ["pad(input, pad, mode='constant', value=None)", pad],
  ["interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None)", interpolate],
  ["upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None)", interpolate],
  ["upsample_nearest(input, size=None, scale_factor=None, mode='nearest')", interpolate],
  ["upsample_bilinear(input, size=None, scale_factor=None, mode='bilinear', align_corners=True)", interpolate],
  ["pixel_shuffle(input, upscale_factor)", pixelShuffle],
  ["pixel_unshuffle(input, downscale_factor)", pixelUnshuffle],
  ["unfold(input, kernel_size, dilation=1, padding=0, stride=1)", unfold],
  ["fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1)", fold],
  ["grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None)", gridSample],
  ["affine_grid(theta, size, align_corners=None)", affineGrid],
  ["cosine_similarity(x1, x2, dim=1, eps=1e-8)", alongAxis],
  ["pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False, dim=1)", alongAxis],
  ["scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False)", scaledDotProduct],
];
