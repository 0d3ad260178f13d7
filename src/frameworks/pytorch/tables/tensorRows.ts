import { activation } from "../../../interpret/steps.js";
import type { Rule } from "../core/answer.js";
import type { Row } from "../core/functions.js";
import { arithmetic, reversedSubtraction } from "../operations/arithmetic.js";
import { elementwise } from "../operations/broadcast.js";
import { chunk, split, tensorSplit, unbind } from "../operations/join.js";
import { matrixProduct, outer } from "../operations/matrix.js";
import { ACTIVATION_RULES as A, identity, pointwise, same, sameBoolean } from "../operations/pointwise.js";
import { differences, extremum, maximum, reduction, sort, topk, twoStatistics } from "../operations/reduce.js";
import {
  expand,
  flatten,
  likeOther,
  matrixTransposed,
  moveAxes,
  permute,
  repeat,
  repeatInterleave,
  reversed,
  squeeze,
  transpose,
  unflatten,
  unsqueeze,
  view,
} from "../operations/reshape.js";
import { gather, indexSelect, narrow, select, unknownCount, windowed } from "../operations/select.js";

/** Of every number by itself. */
const UNARY =
  "expm1 exp2 log log2 log10 log1p sin cos tan asin acos atan sinh cosh asinh acosh atanh arctan erf erfc erfinv floor ceil round trunc " +
  "frac fix sign sgn deg2rad rad2deg logit lgamma digamma i0 sinc nan_to_num bitwise_not conj angle positive prelu hardshrink rrelu threshold";
const ACTIVATIONS: Readonly<Record<string, Rule>> = {
  relu: A.relu,
  relu6: A.relu6,
  sigmoid: A.sigmoid,
  tanh: A.tanh,
  selu: A.selu,
  mish: A.mish,
  celu: pointwise(() => activation("elu")),
  hardswish: A.hardSwish,
  hardsigmoid: A.hardSigmoid,
  hardtanh: pointwise(() => activation("hardTanh")),
  logsigmoid: A.logSigmoid,
  abs: A.absolute,
  absolute: A.absolute,
  exp: A.exponential,
  sqrt: A.squareRoot,
  rsqrt: A.inverseSquareRoot,
  square: A.square,
  reciprocal: A.reciprocal,
  neg: A.negative,
  negative: A.negative,
};
const LOGICAL = "logical_not isnan isinf isfinite signbit";
/** Arguments that leave the shape alone. */
const SAME_SHAPE = [
  "cumsum(self, dim)",
  "cumprod(self, dim)",
  "logcumsumexp(self, dim)",
  "flip(self, *dims)",
  "fliplr(self)",
  "flipud(self)",
  "roll(self, shifts, dims=None)",
  "tril(self, diagonal=0)",
  "triu(self, diagonal=0)",
  "masked_fill(self, mask, value)",
  "masked_scatter(self, mask, source)",
  "scatter(self, dim, index, src)",
  "scatter_add(self, dim, index, src)",
  "scatter_reduce(self, dim, index, src, reduce, include_self=True)",
  "index_add(self, dim, index, source)",
  "index_copy(self, dim, index, source)",
  "index_fill(self, dim, index, value)",
  "index_put(self, indices, values)",
  "renorm(self, p, dim, maxnorm)",
  "bernoulli(self, p=0.5)",
  "fill(self, value)",
  "argsort(self, dim=-1, descending=False)",
];
const BINARY = "floor_divide fmod remainder atan2 fmax fmin hypot lerp bitwise_and bitwise_or bitwise_xor float_power logaddexp";
const ARITHMETIC: Readonly<Record<string, Rule>> = {
  "add(self, other, alpha=1)": arithmetic("add"),
  "sub(self, other, alpha=1)": arithmetic("subtract"),
  "subtract(self, other, alpha=1)": arithmetic("subtract"),
  "rsub(self, other)": reversedSubtraction,
  "mul(self, other)": arithmetic("multiply"),
  "multiply(self, other)": arithmetic("multiply"),
  "div(self, other)": arithmetic("divide"),
  "divide(self, other)": arithmetic("divide"),
  "true_divide(self, other)": arithmetic("divide"),
  "pow(self, other)": arithmetic("power"),
  "maximum(self, other)": arithmetic("maximum"),
  "minimum(self, other)": arithmetic("minimum"),
};
const COMPARISONS = "eq ne lt le gt ge greater greater_equal less less_equal not_equal logical_and logical_or logical_xor isclose isin";
const REDUCTIONS = "prod std var logsumexp nansum nanmean amin quantile";
const INDEX_REDUCTIONS = "argmax argmin";
const EXTREMA = "min median mode nanmedian";

const words = (list: string) => list.split(" ");

/** What torch has as a function and its tensors have as a method. */
export const TENSOR_ROWS: readonly Row[] = [
  ...words(UNARY).map((name): Row => [`${name}(self)`, same]),
  ...Object.entries(ACTIVATIONS).map(([name, rule]): Row => [`${name}(self)`, rule]),
  ...Object.entries(ARITHMETIC),
  ...words(LOGICAL).map((name): Row => [`${name}(self)`, sameBoolean]),
  ...SAME_SHAPE.map((written): Row => [written, same]),
  ...words(BINARY).map((name): Row => [`${name}(self, other)`, elementwise()]),
  ...words(COMPARISONS).map((name): Row => [`${name}(self, other)`, elementwise(undefined, "bool")]),
  ...words(REDUCTIONS).map((name): Row => [`${name}(self, dim=None, keepdim=False)`, reduction()]),
  ...words(INDEX_REDUCTIONS).map((name): Row => [`${name}(self, dim=None, keepdim=False)`, reduction("int64")]),
  ...words(EXTREMA).map((name): Row => [`${name}(self, dim=None, keepdim=False)`, extremum]),
  ...words("any all").map((name): Row => [`${name}(self, dim=None, keepdim=False)`, reduction("bool")]),
  ["count_nonzero(self, dim=None)", reduction("int64")],
  ["mean(self, dim=None, keepdim=False)", reduction(undefined, "mean")],
  ["sum(self, dim=None, keepdim=False)", reduction(undefined, "sum")],
  ["amax(self, dim=None, keepdim=False)", reduction(undefined, "max")],
  ["max(self, dim=None, keepdim=False)", maximum],
  ["norm(self, p='fro', dim=None, keepdim=False)", reduction()],
  ["std_mean(self, dim=None, keepdim=False)", twoStatistics],
  ["var_mean(self, dim=None, keepdim=False)", twoStatistics],
  ["dist(self, other, p=2)", reduction()],
  ...["clamp", "clip"].map((name): Row => [`${name}(self, min=None, max=None)`, A.clamp]),
  ["clamp_min(self, min)", A.clamp],
  ["clamp_max(self, max)", A.clamp],
  ["softmax(self, dim=None, dtype=None)", A.softmax],
  ["log_softmax(self, dim=None, dtype=None)", A.logSoftmax],
  ["clone(self)", identity],
  ["view(self, *shape)", view],
  ["reshape(self, *shape)", view],
  ["flatten(self, start_dim=0, end_dim=-1)", flatten],
  ["ravel(self, start_dim=0, end_dim=-1)", flatten],
  ["unflatten(self, dim, sizes)", unflatten],
  ["permute(self, *dims)", permute],
  ["transpose(self, dim0, dim1)", transpose],
  ["swapaxes(self, dim0, dim1)", transpose],
  ["swapdims(self, dim0, dim1)", transpose],
  ["t(self)", reversed],
  ["adjoint(self)", matrixTransposed],
  ["movedim(self, source, destination)", moveAxes],
  ["moveaxis(self, source, destination)", moveAxes],
  ["squeeze(self, dim=None)", squeeze],
  ["unsqueeze(self, dim)", unsqueeze],
  ["expand(self, *sizes)", expand],
  ["broadcast_to(self, *sizes)", expand],
  ["expand_as(self, other)", likeOther(false)],
  ["view_as(self, other)", likeOther(true)],
  ["reshape_as(self, other)", likeOther(true)],
  ["repeat(self, *repeats)", repeat],
  ["tile(self, *repeats)", repeat],
  ["repeat_interleave(self, repeats, dim=None)", repeatInterleave],
  ["chunk(self, chunks, dim=0)", chunk],
  ["split(self, split_size, dim=0)", split],
  ["split_with_sizes(self, split_size, dim=0)", split],
  ["tensor_split(self, sections, dim=0)", tensorSplit],
  ["unbind(self, dim=0)", unbind],
  ["matmul(self, other)", matrixProduct()],
  ["mm(self, other)", matrixProduct()],
  ["bmm(self, other)", matrixProduct()],
  ["mv(self, other)", matrixProduct()],
  ["dot(self, other)", matrixProduct()],
  ["outer(self, other)", outer],
  ["ger(self, other)", outer],
  ["sort(self, dim=-1, descending=False, stable=False)", sort],
  ["topk(self, k, dim=-1, largest=True, sorted=True)", topk],
  ["diff(self, n=1, dim=-1)", differences],
  ["narrow(self, dim, start, length)", narrow],
  ["select(self, dim, index)", select],
  ["index_select(self, dim, index)", indexSelect],
  ["gather(self, dim, index)", gather],
  ["take(self, index)", gather],
  ["take_along_dim(self, index, dim=None)", gather],
  ["unfold(self, dimension, size, step)", windowed],
  ["masked_select(self, mask)", unknownCount],
  ["nonzero(self)", unknownCount],
  ["unique(self)", unknownCount],
];
