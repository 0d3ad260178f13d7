import type { Convolution, Pair } from "../../../program/types.js";
import { FLOAT, type Graph, type Output } from "../graph.js";
import { type Attribute, DT } from "../savedModel.js";
import type { Tensor } from "./lowering.js";
import { convolutionPadding } from "./padding.js";

/** A convolution with the sizes it works on. */
export interface Geometry extends Convolution {
  readonly image: Pair;
  /** [height, width, channels / groups, filters] */
  readonly kernel: readonly [number, number, number, number];
}

/** A convolution and its two gradients as nodes of a graph. */
export interface ConvolutionKernels {
  forward(x: Output, kernel: Output): Output;
  /** Of `x` only the shape is used. */
  inputGradient(kernel: Output, dy: Output, x: Tensor): Output;
  kernelGradient(x: Output, dy: Output): Output;
}

type Attributes = Readonly<Record<string, Attribute>>;

const attributesOf = (geometry: Geometry): Attributes => ({
  ...FLOAT,
  strides: { ints: [1, ...geometry.strides, 1] },
  dilations: { ints: [1, ...geometry.dilation, 1] },
  data_format: { text: "NHWC" },
  ...convolutionPadding({ ...geometry, size: [geometry.kernel[0], geometry.kernel[1]] }),
});

/** TensorFlow's convolution; with oneDNN also for dilated and grouped ones. */
export function plain(graph: Graph, geometry: Geometry): ConvolutionKernels {
  const attributes = attributesOf(geometry);
  return {
    forward: (x, kernel) => graph.add("Conv2D", [x, kernel], attributes),
    inputGradient: (kernel, dy, x) => graph.add("Conv2DBackpropInput", [graph.shapeOf(x), kernel, dy], attributes),
    kernelGradient: (x, dy) => graph.add("Conv2DBackpropFilter", [x, graph.ints(geometry.kernel), dy], attributes),
  };
}

const reshape = (graph: Graph, x: Output, shape: readonly number[]): Output =>
  graph.add("Reshape", [x, graph.ints(shape)], { ...FLOAT, Tshape: { type: DT.int32 } });

/** One group a channel. The kernel's [h, w, 1, channels * m] is TensorFlow's [h, w, channels, m] in the same order. */
export function depthwise(graph: Graph, geometry: Geometry): ConvolutionKernels {
  const attributes = attributesOf(geometry);
  const [height, width, , filters] = geometry.kernel;
  const shape = [height, width, geometry.groups, filters / geometry.groups];
  return {
    forward: (x, kernel) => graph.add("DepthwiseConv2dNative", [x, reshape(graph, kernel, shape)], attributes),
    inputGradient: (kernel, dy, x) =>
      graph.add("DepthwiseConv2dNativeBackpropInput", [graph.shapeOf(x), reshape(graph, kernel, shape), dy], attributes),
    kernelGradient: (x, dy) =>
      reshape(graph, graph.add("DepthwiseConv2dNativeBackpropFilter", [x, graph.ints(shape), dy], attributes), geometry.kernel),
  };
}

/** A convolution of its own for each group. */
export function sliced(graph: Graph, geometry: Geometry): ConvolutionKernels {
  const { groups, kernel } = geometry;
  const each = plain(graph, { ...geometry, groups: 1, kernel: [kernel[0], kernel[1], kernel[2], kernel[3] / groups] });
  const split = (x: Output): Output[] => {
    const node = graph.add("Split", [graph.ints([3], []), x], { ...FLOAT, num_split: { int: groups } });
    return Array.from({ length: groups }, (_, group) => `${node}:${group}`);
  };
  const join = (parts: readonly Output[]): Output =>
    graph.add("ConcatV2", [...parts, graph.ints([3], [])], { ...FLOAT, Tidx: { type: DT.int32 }, N: { int: groups } });
  const zip = (a: Output, b: Output, make: (a: Output, b: Output, group: number) => Output): Output => {
    const second = split(b);
    return join(split(a).map((part, group) => make(part, second[group] ?? "", group)));
  };
  return {
    forward: (x, weights) => zip(x, weights, each.forward),
    inputGradient: (weights, dy, x) => {
      const like = { ...x, output: `${split(x.output)[0]}`, shape: [...x.shape.slice(0, 3), kernel[2]] };
      return zip(weights, dy, (part, gradient) => each.inputGradient(part, gradient, like));
    },
    kernelGradient: (x, dy) => zip(x, dy, each.kernelGradient),
  };
}

/** A dilated convolution by a kernel with the zeros written out; its gradient is sampled back. */
export function inflated(
  graph: Graph,
  geometry: Geometry,
  make: (graph: Graph, geometry: Geometry) => ConvolutionKernels,
): ConvolutionKernels {
  const [height, width, channels, filters] = geometry.kernel;
  const [down, across] = geometry.dilation;
  const full = [(height - 1) * down + 1, (width - 1) * across + 1] as const;
  const inner = make(graph, { ...geometry, dilation: [1, 1], kernel: [...full, channels, filters] });
  const begin = graph.ints([0, 0, 0, 0]);
  const inflate = (kernel: Output): Output => {
    const apart = reshape(graph, kernel, [height, 1, width, 1, channels * filters]);
    const amounts = graph.ints([0, 0, 0, down - 1, 0, 0, 0, across - 1, 0, 0], [5, 2]);
    const zeros = graph.add("PadV2", [apart, amounts, graph.floats([0])], { ...FLOAT, Tpaddings: { type: DT.int32 } });
    const whole = reshape(graph, zeros, [height * down, width * across, channels, filters]);
    return graph.add("Slice", [whole, begin, graph.ints([...full, channels, filters])], { ...FLOAT, Index: { type: DT.int32 } });
  };
  const sample = (kernel: Output): Output => {
    const inputs = [kernel, begin, graph.ints([...full, channels, filters]), graph.ints([down, across, 1, 1])];
    return graph.add("StridedSlice", inputs, { ...FLOAT, Index: { type: DT.int32 } });
  };
  return {
    forward: (x, kernel) => inner.forward(x, inflate(kernel)),
    inputGradient: (kernel, dy, x) => inner.inputGradient(inflate(kernel), dy, x),
    kernelGradient: (x, dy) => sample(inner.kernelGradient(x, dy)),
  };
}
