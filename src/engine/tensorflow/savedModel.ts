import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** TensorFlow's numbers of data types (types.proto). */
export const DT = { float: 1, int32: 3, uint8: 4, bool: 10, resource: 20, uint64: 23 } as const;
export type DT = (typeof DT)[keyof typeof DT];

/** A constant: all elements in row-major order, or one that fills the shape. */
export interface TensorProto {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** The value of a node's attribute. -1 in a shape is unknown. */
export type Attribute =
  | { readonly text: string }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly flag: boolean }
  | { readonly type: DT }
  | { readonly ints: readonly number[] }
  | { readonly shape: readonly number[] }
  | { readonly tensor: TensorProto };

/** One operation of a graph. Inputs are "name", "name:output" or, to run after a node, "^name". */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** The GraphDef version written: what TensorFlow 2.9 and newer read. */
const PRODUCER = 1087;

type Write = (writer: BinaryWriter) => unknown;

const message = (writer: BinaryWriter, field: number, write: Write): BinaryWriter => {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  return writer.join();
};
const text = (writer: BinaryWriter, field: number, value: string) => writer.tag(field, WireType.LengthDelimited).string(value);
const varint = (writer: BinaryWriter, field: number, value: number) => writer.tag(field, WireType.Varint).int64(value);

function writeShape(writer: BinaryWriter, shape: readonly number[]): void {
  for (const size of shape) message(writer, 2, (dim) => varint(dim, 1, size));
}

function writeTensor(writer: BinaryWriter, { shape, values }: TensorProto): void {
  const floats = values instanceof Float32Array;
  varint(writer, 1, floats ? DT.float : DT.int32);
  message(writer, 2, (field) => writeShape(field, shape));
  message(writer, floats ? 5 : 7, (packed) => {
    for (const value of values) floats ? packed.float(value) : packed.int64(value);
  });
}

function writeAttribute(writer: BinaryWriter, attribute: Attribute): void {
  if ("text" in attribute) text(writer, 2, attribute.text);
  else if ("int" in attribute) varint(writer, 3, attribute.int);
  else if ("float" in attribute) writer.tag(4, WireType.Bit32).float(attribute.float);
  else if ("flag" in attribute) writer.tag(5, WireType.Varint).bool(attribute.flag);
  else if ("type" in attribute) varint(writer, 6, attribute.type);
  else if ("shape" in attribute) message(writer, 7, (field) => writeShape(field, attribute.shape));
  else if ("tensor" in attribute) message(writer, 8, (field) => writeTensor(field, attribute.tensor));
  else message(writer, 1, (list) => message(list, 3, (packed) => attribute.ints.forEach((value) => void packed.int64(value))));
}

function writeNode(writer: BinaryWriter, node: NodeDef): void {
  text(writer, 1, node.name);
  text(writer, 2, node.op);
  for (const input of node.inputs) text(writer, 3, input);
  for (const [name, attribute] of Object.entries(node.attributes))
    message(writer, 5, (entry) => {
      text(entry, 1, name);
      message(entry, 2, (value) => writeAttribute(value, attribute));
    });
}

/** The tag a session is loaded by. */
export const TAG = "serve";

/** The bytes of a saved_model.pb that holds a graph and no variables' values (saved_model.proto, graph.proto, tensor.proto). */
export function encodeSavedModel(nodes: readonly NodeDef[]): Uint8Array {
  const writer = new BinaryWriter();
  varint(writer, 1, 1);
  message(writer, 2, (metaGraph) => {
    message(metaGraph, 1, (info) => text(info, 4, TAG));
    message(metaGraph, 2, (graph) => {
      for (const node of nodes) message(graph, 1, (field) => writeNode(field, node));
      message(graph, 4, (versions) => varint(versions, 1, PRODUCER));
    });
  });
  return writer.finish();
}
