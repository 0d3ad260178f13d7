import type { Row } from "../core/functions.js";
import { elementwise, sumStep } from "../operations/broadcast.js";
import { chunk, split, tensorSplit, unbind } from "../operations/join.js";
import { matrixProduct, outer } from "../operations/matrix.js";
import { ACTIVATION_RULES as A, identity, same, sameBoolean } from "../operations/pointwise.js";
import { differences, extremum, reduction, sort, topk, twoStatistics } from "../operations/reduce.js";
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
  "abs absolute neg negative exp expm1 exp2 log log2 log10 log1p sqrt rsqrt square sin cos tan asin acos atan sinh cosh asinh acosh atanh " +
  "arctan erf erfc erfinv floor ceil round trunc frac fix sign sgn reciprocal deg2rad rad2deg logit lgamma digamma i0 sinc selu " +
  "nan_to_num bitwise_not conj angle positive relu6 prelu hardshrink celu mish hardtanh hardsigmoid hardswish logsigmoid rrelu threshold";
const LOGICAL = "logical_not isnan isinf isfinite signbit";
/** Arguments that leave the shape alone. */
const SAME_SHAPE = [
  "clamp(self, min=None, max=None)",
  "clip(self, min=None, max=None)",
  "clamp_min(self, min)",
  "clamp_max(self, max)",
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
  "log_softmax(self, dim=None, dtype=None)",
  "renorm(self, p, dim, maxnorm)",
  "bernoulli(self, p=0.5)",
  "fill(self, value)",
  "argsort(self, dim=-1, descending=False)",
];
const BINARY =
  "sub subtract rsub mul multiply div divide true_divide floor_divide fmod remainder pow atan2 maximum minimum fmax fmin hypot lerp bitwise_and bitwise_or bitwise_xor float_power logaddexp";
const COMPARISONS = "eq ne lt le gt ge greater greater_equal less less_equal not_equal logical_and logical_or logical_xor isclose isin";
const REDUCTIONS = "sum mean prod std var logsumexp nansum nanmean amax amin quantile";
const INDEX_REDUCTIONS = "argmax argmin";
const EXTREMA = "max min median mode nanmedian";

const words = (list: string) => list.split(" ");

/** What torch has as a function and its tensors have as a method. */
export const TENSOR_ROWS: readonly Row[] = [
  ...words(UNARY).map((name): Row => [`${name}(self)`, same]),
  ...words(LOGICAL).map((name): Row => [`${name}(self)`, sameBoolean]),
  ...SAME_SHAPE.map((written): Row => [written, same]),
  ...words(BINARY).map((name): Row => [`${name}(self, other)`, elementwise()]),
  ...words(COMPARISONS).map((name): Row => [`${name}(self, other)`, elementwise(undefined, "bool")]),
  ...words(REDUCTIONS).map((name): Row => [`${name}(self, dim=None, keepdim=False)`, reduction()]),
  ...words(INDEX_REDUCTIONS).map((name): Row => [`${name}(self, dim=None, keepdim=False)`, reduction("int64")]),
  ...words(EXTREMA).map((name): Row => [`${name}(self, dim=None, keepdim=False)`, extremum]),
  ...words("any all").map((name): Row => [`${name}(self, dim=None, keepdim=False)`, reduction("bool")]),
  ["count_nonzero(self, dim=None)", reduction("int64")],
  ["mean(self, dim=None, keepdim=False)", reduction(undefined, "globalAveragePooling2d")],
  ["amax(self, dim=None, keepdim=False)", reduction(undefined, "globalMaxPooling2d")],
  ["norm(self, p='fro', dim=None, keepdim=False)", reduction()],
  ["std_mean(self, dim=None, keepdim=False)", twoStatistics],
  ["var_mean(self, dim=None, keepdim=False)", twoStatistics],
  ["add(self, other, alpha=1)", elementwise(sumStep)],
  ["dist(self, other, p=2)", reduction()],
  ["relu(self)", A.relu],
  ["sigmoid(self)", A.sigmoid],
  ["tanh(self)", A.tanh],
  ["softmax(self, dim=None, dtype=None)", A.softmax],
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
  ["expand_as(self, other)", likeOther],
  ["view_as(self, other)", likeOther],
  ["reshape_as(self, other)", likeOther],
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
