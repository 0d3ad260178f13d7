import { UserError } from "../../base/userError.js";
import { DTYPES } from "../../frameworks/onnx/dtypes.js";
import type { Attribute, Fact, Graph, NamedFact, Node, OnnxModel } from "../../frameworks/onnx/graph.js";
import { UNKNOWN } from "../../frameworks/onnx/graph.js";
import type { ByteSource } from "../randomAccess.js";
import { Cursor } from "./protobuf.js";
import {
  type AttributeProto,
  type GraphProto,
  MODEL,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from "./schema.js";
import { smallElements, tensorShape } from "./weights.js";

/** A file's model, and its weights by name: where they are, not what they are. */
export interface OnnxFile {
  readonly model: OnnxModel;
  readonly weights: ReadonlyMap<string, TensorProto>;
}

/** Reads the graph of an ONNX file and passes over its weights. Throws UserError where it is broken. */
export function readModel(source: ByteSource): OnnxFile {
  const proto: ModelProto = new Cursor(source).message(MODEL);
  if (proto.graph === undefined) throw new UserError(`${source.name} is damaged or cut off: it has no graph.`);
  const convert = new Converter(source);
  const own = proto.operatorSets.find(({ domain }) => domain === "" || domain === "ai.onnx");
  return {
    model: {
      graph: convert.graph(proto.graph),
      functions: proto.functions.map((each) => ({ ...each, nodes: each.nodes.map((node) => convert.node(node)) })),
      operatorSet: own?.version ?? 1,
    },
    weights: new Map([
      ...proto.graph.nodes.flatMap(constantOf),
      ...proto.graph.initializers.map((tensor) => [tensor.name, tensor] as const),
    ]),
  };
}

/** A tensor that stands in a node, by the name of the value that it is. */
function constantOf({ operator, outputs: [name], attributes }: NodeProto): (readonly [string, TensorProto])[] {
  const tensor = operator === "Constant" ? attributes.find((each) => each.name === "value")?.tensor : undefined;
  return tensor && name !== undefined ? [[name, tensor]] : [];
}

class Converter {
  constructor(readonly source: ByteSource) {}

  graph(proto: GraphProto): Graph {
    const initializers = new Map(proto.initializers.map((tensor) => [tensor.name, this.tensor(tensor)]));
    for (const { values, dims } of proto.sparseInitializers)
      if (values) initializers.set(values.name, { shape: dims, dtype: DTYPES[values.dataType ?? 0] });
    return {
      name: proto.name,
      nodes: proto.nodes.map((node) => this.node(node)),
      initializers,
      inputs: proto.inputs.filter(({ name }) => !initializers.has(name)).map(value),
      outputs: proto.outputs.map(value),
      declared: new Map(proto.valueInfo.map((info) => [info.name, value(info)])),
    };
  }

  node({ name, operator, domain, inputs, outputs, attributes }: NodeProto): Node {
    const read = new Map(attributes.map((each) => [each.name, this.attribute(each)]));
    return { name, operator, domain: domain === "ai.onnx" ? "" : domain, inputs, outputs, attributes: read };
  }

  attribute({ type, int, float, text, ints, floats, texts, tensor, sparseTensor, graph, reference }: AttributeProto): Attribute {
    // Writers may leave out a number that is zero.
    const number = int ?? float ?? (type === 1 || type === 2 ? 0 : undefined);
    const sparse = sparseTensor && { shape: sparseTensor.dims, dtype: DTYPES[sparseTensor.values?.dataType ?? 0] };
    return {
      number,
      text,
      numbers: ints.length > 0 ? ints : floats,
      texts,
      tensor: tensor ? this.tensor(tensor) : sparse,
      graph: graph && this.graph(graph),
      reference,
    };
  }

  tensor(tensor: TensorProto): Fact {
    const shape = tensorShape(this.source, tensor);
    const elements = smallElements(this.source, tensor);
    return { shape, dtype: DTYPES[tensor.dataType ?? 0], ...(elements && { elements }) };
  }
}

/** A size that is named, left out or below 1 may be anything. */
function value({ name, type }: ValueInfoProto): NamedFact {
  const tensor = type?.tensor;
  if (tensor === undefined) return { name, ...UNKNOWN };
  const shape = tensor.shape?.dims.map((size) => (size.value !== undefined && size.value > 0 ? size.value : undefined));
  return { name, shape, dtype: DTYPES[tensor.elementType ?? 0] };
}
