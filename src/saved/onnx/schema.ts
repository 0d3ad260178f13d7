// The messages of onnx.proto (ONNX 1.23, IR version 14) that shapes and weights need: names and numbers of fields are ONNX's own.
import { float, floats, int, ints, message, messages, type Schema, type Span, span, text, texts } from "./protobuf.js";

export interface EntryProto {
  readonly key: string;
  readonly value: string;
}

export interface TensorProto {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number | undefined;
  readonly floatData: Span | undefined;
  readonly int32Data: Span | undefined;
  readonly int64Data: Span | undefined;
  readonly doubleData: Span | undefined;
  readonly uint64Data: Span | undefined;
  readonly rawData: Span | undefined;
  readonly externalData: readonly EntryProto[];
  /** 1: the numbers are in a file beside this one. */
  readonly dataLocation: number | undefined;
}

export interface SparseTensorProto {
  readonly values: TensorProto | undefined;
  readonly dims: readonly number[];
}

export interface TypeProto {
  readonly tensor: { readonly elementType: number | undefined; readonly shape: ShapeProto | undefined } | undefined;
}

export interface ShapeProto {
  readonly dims: readonly { readonly value: number | undefined; readonly parameter: string }[];
}

export interface ValueInfoProto {
  readonly name: string;
  readonly type: TypeProto | undefined;
}

export interface AttributeProto {
  readonly name: string;
  readonly float: number | undefined;
  readonly int: number | undefined;
  readonly text: string;
  readonly tensor: TensorProto | undefined;
  readonly sparseTensor: SparseTensorProto | undefined;
  readonly graph: GraphProto | undefined;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
  readonly texts: readonly string[];
  readonly reference: string;
  readonly type: number | undefined;
}

export interface NodeProto {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name: string;
  readonly operator: string;
  readonly attributes: readonly AttributeProto[];
  readonly domain: string;
}

export interface GraphProto {
  readonly nodes: readonly NodeProto[];
  readonly name: string;
  readonly initializers: readonly TensorProto[];
  readonly sparseInitializers: readonly SparseTensorProto[];
  readonly inputs: readonly ValueInfoProto[];
  readonly outputs: readonly ValueInfoProto[];
  readonly valueInfo: readonly ValueInfoProto[];
}

export interface FunctionProto {
  readonly name: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly NodeProto[];
}

export interface ModelProto {
  readonly irVersion: number | undefined;
  readonly operatorSets: readonly { readonly domain: string; readonly version: number | undefined }[];
  readonly graph: GraphProto | undefined;
  readonly functions: readonly FunctionProto[];
}

const ENTRY: Schema<EntryProto> = { key: text(1), value: text(2) };

const TENSOR: Schema<TensorProto> = {
  dims: ints(1),
  dataType: int(2),
  floatData: span(4),
  int32Data: span(5),
  int64Data: span(7),
  name: text(8),
  rawData: span(9),
  doubleData: span(10),
  uint64Data: span(11),
  externalData: messages(13, () => ENTRY),
  dataLocation: int(14),
};

const SPARSE_TENSOR: Schema<SparseTensorProto> = { values: message(1, () => TENSOR), dims: ints(3) };

const DIMENSION: Schema<ShapeProto["dims"][number]> = { value: int(1), parameter: text(2) };
const SHAPE: Schema<ShapeProto> = { dims: messages(1, () => DIMENSION) };
const TENSOR_TYPE: Schema<NonNullable<TypeProto["tensor"]>> = { elementType: int(1), shape: message(2, () => SHAPE) };
const TYPE: Schema<TypeProto> = { tensor: message(1, () => TENSOR_TYPE) };
const VALUE_INFO: Schema<ValueInfoProto> = { name: text(1), type: message(2, () => TYPE) };

const ATTRIBUTE: Schema<AttributeProto> = {
  name: text(1),
  float: float(2),
  int: int(3),
  text: text(4),
  tensor: message(5, () => TENSOR),
  graph: message(6, () => GRAPH),
  floats: floats(7),
  ints: ints(8),
  texts: texts(9),
  type: int(20),
  reference: text(21),
  sparseTensor: message(22, () => SPARSE_TENSOR),
};

const NODE: Schema<NodeProto> = {
  inputs: texts(1),
  outputs: texts(2),
  name: text(3),
  operator: text(4),
  attributes: messages(5, () => ATTRIBUTE),
  domain: text(7),
};

const GRAPH: Schema<GraphProto> = {
  nodes: messages(1, () => NODE),
  name: text(2),
  initializers: messages(5, () => TENSOR),
  inputs: messages(11, () => VALUE_INFO),
  outputs: messages(12, () => VALUE_INFO),
  valueInfo: messages(13, () => VALUE_INFO),
  sparseInitializers: messages(15, () => SPARSE_TENSOR),
};

const FUNCTION: Schema<FunctionProto> = {
  name: text(1),
  inputs: texts(4),
  outputs: texts(5),
  nodes: messages(7, () => NODE),
  domain: text(10),
};

const OPERATOR_SET: Schema<ModelProto["operatorSets"][number]> = { domain: text(1), version: int(2) };

export const MODEL: Schema<ModelProto> = {
  irVersion: int(1),
  graph: message(7, () => GRAPH),
  operatorSets: messages(8, () => OPERATOR_SET),
  functions: messages(25, () => FUNCTION),
};
