// Writes small ONNX files for tests: field numbers are those of onnx.proto.
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

export type OnnxAttribute = number | string | readonly number[] | { readonly floats: readonly number[] } | { readonly tensor: OnnxTensor };

export interface OnnxTensor {
  readonly dims: readonly number[];
  /** int64; without numbers float32 zeros. */
  readonly int64?: readonly number[];
  readonly float32?: readonly number[];
  readonly external?: Readonly<Record<string, string>>;
}

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  readonly domain?: string;
}

export interface OnnxSample {
  /** Sizes that are names may be anything. */
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly outputs: readonly string[];
  readonly nodes: readonly OnnxNode[];
  readonly initializers?: Readonly<Record<string, OnnxTensor>>;
  readonly operatorSet?: number;
}

type Write = (writer: BinaryWriter) => unknown;

function message(writer: BinaryWriter, field: number, write: Write): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}
const text = (writer: BinaryWriter, field: number, value: string) => writer.tag(field, WireType.LengthDelimited).string(value);
const int = (writer: BinaryWriter, field: number, value: number) => writer.tag(field, WireType.Varint).int64(value);

export function onnxFile({ inputs, outputs, nodes, initializers = {}, operatorSet = 17 }: OnnxSample): Uint8Array {
  const writer = new BinaryWriter();
  int(writer, 1, 8);
  message(writer, 7, (graph) => {
    for (const node of nodes) message(graph, 1, (each) => writeNode(each, node));
    text(graph, 2, "sample");
    for (const [name, tensor] of Object.entries(initializers)) message(graph, 5, (each) => writeTensor(each, tensor, name));
    for (const [name, shape] of Object.entries(inputs)) message(graph, 11, (each) => writeInput(each, name, shape));
    for (const name of outputs) message(graph, 12, (each) => text(each, 1, name));
  });
  message(writer, 8, (set) => int(set, 2, operatorSet));
  return writer.finish();
}

function writeNode(writer: BinaryWriter, { op, inputs, outputs, attributes = {}, domain }: OnnxNode): void {
  for (const name of inputs) text(writer, 1, name);
  for (const name of outputs) text(writer, 2, name);
  text(writer, 4, op);
  for (const [name, value] of Object.entries(attributes)) message(writer, 5, (each) => writeAttribute(each, name, value));
  if (domain !== undefined) text(writer, 7, domain);
}

function writeAttribute(writer: BinaryWriter, name: string, value: OnnxAttribute): void {
  text(writer, 1, name);
  if (typeof value === "number") int(writer, 3, value);
  else if (typeof value === "string") text(writer, 4, value);
  else if ("tensor" in value) message(writer, 5, (each) => writeTensor(each, value.tensor, ""));
  else if ("floats" in value) for (const number of value.floats) writer.tag(7, WireType.Bit32).float(number);
  else for (const number of value) int(writer, 8, number);
}

function writeTensor(writer: BinaryWriter, { dims, int64, float32, external }: OnnxTensor, name: string): void {
  for (const size of dims) int(writer, 1, size);
  int(writer, 2, int64 ? 7 : 1);
  text(writer, 8, name);
  if (external) {
    for (const [key, value] of Object.entries(external)) {
      message(writer, 13, (entry) => {
        text(entry, 1, key);
        text(entry, 2, value);
      });
    }
    int(writer, 14, 1);
    return;
  }
  const count = dims.reduce((product, size) => product * size, 1);
  const raw = int64 ? new BigInt64Array(int64.map(BigInt)) : Float32Array.from(float32 ?? new Float32Array(count));
  writer.tag(9, WireType.LengthDelimited).bytes(new Uint8Array(raw.buffer));
}

function writeInput(writer: BinaryWriter, name: string, shape: readonly (number | string)[]): void {
  text(writer, 1, name);
  message(writer, 2, (type) =>
    message(type, 1, (tensor) => {
      int(tensor, 1, 1);
      message(tensor, 2, (sizes) => {
        for (const size of shape) message(sizes, 1, (each) => (typeof size === "number" ? int(each, 1, size) : text(each, 2, size)));
      });
    }),
  );
}

/** LeNet as an exporter writes it: a free batch, and the flattened size worked out by the graph itself. */
export const LENET: OnnxSample = {
  inputs: { image: ["batch", 1, 28, 28] },
  outputs: ["scores"],
  nodes: [
    { op: "Conv", inputs: ["image", "c1.weight", "c1.bias"], outputs: ["c1"], attributes: { kernel_shape: [5, 5], pads: [2, 2, 2, 2] } },
    { op: "Relu", inputs: ["c1"], outputs: ["r1"] },
    { op: "MaxPool", inputs: ["r1"], outputs: ["p1"], attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
    { op: "Shape", inputs: ["p1"], outputs: ["sizes"] },
    { op: "Gather", inputs: ["sizes", "zero"], outputs: ["batch"], attributes: { axis: 0 } },
    { op: "Unsqueeze", inputs: ["batch", "first"], outputs: ["batches"] },
    { op: "Concat", inputs: ["batches", "rest"], outputs: ["flatShape"], attributes: { axis: 0 } },
    { op: "Reshape", inputs: ["p1", "flatShape"], outputs: ["flat"] },
    { op: "Gemm", inputs: ["flat", "fc.weight", "fc.bias"], outputs: ["scores"], attributes: { transB: 1 } },
  ],
  initializers: {
    "c1.weight": { dims: [6, 1, 5, 5] },
    "c1.bias": { dims: [6], float32: [1, 2, 3, 4, 5, 6] },
    zero: { dims: [], int64: [0] },
    first: { dims: [1], int64: [0] },
    rest: { dims: [1], int64: [-1] },
    "fc.weight": { dims: [10, 1176] },
    "fc.bias": { dims: [10] },
  },
};
