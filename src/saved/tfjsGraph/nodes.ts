import type { Size, TensorShape } from "../../interpret/tensor.js";
import type { Attribute } from "../../interpret/trace.js";
import { damaged, isJson, type Json, listIn, recordIn, textIn, wholeOf } from "./json.js";

/** Where a node's input comes from: the name of a node and which of its outputs. */
export interface NodeInput {
  readonly node: string;
  readonly output: number;
}

/** One operation of TensorFlow, with attributes as the graph writes them. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly NodeInput[];
  readonly attributes: Attributes;
}

/** A node's attributes, by the kinds that are needed for shapes. Undefined where there is none. */
export class Attributes {
  constructor(
    private readonly json: Json,
    private readonly where: string,
  ) {}

  /** All that say something in a few words. */
  list(): Attribute[] {
    return Object.keys(this.json).flatMap((name) => {
      const value = this.#text(name);
      return name.startsWith("_") || value === undefined ? [] : [{ name, value }];
    });
  }

  whole(name: string): number | undefined {
    return wholeOf(recordIn(this.json, name)?.["i"]);
  }

  flag(name: string): boolean {
    return recordIn(this.json, name)?.["b"] === true;
  }

  /** Bytes as base64, or as numbers in models of the first converter. */
  word(name: string): string | undefined {
    const bytes = recordIn(this.json, name)?.["s"];
    if (Array.isArray(bytes)) return String.fromCharCode(...bytes.slice(0, 100).map(Number));
    return typeof bytes === "string" ? fromBase64(bytes) : undefined;
  }

  wholes(name: string): readonly number[] | undefined {
    const items = listIn(recordIn(recordIn(this.json, name), "list"), "i").map(wholeOf);
    return items.length > 0 && items.every((item) => item !== undefined) ? items : undefined;
  }

  float(name: string): number | undefined {
    const value = recordIn(this.json, name)?.["f"];
    return typeof value === "number" ? value : undefined;
  }

  /** A list of words; empty where there is none. */
  words(name: string): readonly string[] {
    const items = listIn(recordIn(recordIn(this.json, name), "list"), "s");
    return items.flatMap((item) => (typeof item === "string" ? (fromBase64(item) ?? []) : []));
  }

  shape(name: string): TensorShape | undefined {
    return shapeOf(recordIn(recordIn(this.json, name), "shape"), this.where);
  }

  /** Shape and type of the value of a constant, and its numbers where they stand here. */
  tensor(name: string): { readonly shape: TensorShape; readonly values: readonly number[] | undefined } | undefined {
    const tensor = recordIn(recordIn(this.json, name), "tensor");
    const shape = tensor && shapeOf(recordIn(tensor, "tensorShape") ?? {}, this.where);
    if (!shape) return undefined;
    const lists = ["intVal", "int64Val", "floatVal"].map((kind) => listIn(tensor, kind).map(wholeOf));
    const values = lists.find((list) => list.length > 0);
    return { shape, values: values?.every((value) => value !== undefined) ? values : undefined };
  }

  #text(name: string): string | undefined {
    const json = recordIn(this.json, name);
    const wholes = this.wholes(name);
    if (wholes) return `[${wholes.join(", ")}]`;
    if (typeof json?.["b"] === "boolean") return String(json["b"]);
    const { type, f: float } = json ?? {};
    if (typeof type === "string") return type;
    if (typeof float === "number") return String(float);
    return this.word(name) ?? this.whole(name)?.toString();
  }
}

function fromBase64(text: string): string | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64").replace(/=+$/, "") === text.replace(/=+$/, "") ? bytes.toString("latin1") : text;
}

/** Negative sizes are unknown ones. */
function shapeOf(json: Json | undefined, where: string): TensorShape | undefined {
  if (!json || json["unknownRank"] === true) return undefined;
  return listIn(json, "dim").map((dimension): Size => {
    const size = wholeOf(isJson(dimension) ? dimension["size"] : undefined);
    if (size === undefined && isJson(dimension) && dimension["size"] !== undefined) throw damaged(where, "a size in it is no number");
    return size === undefined || size < 0 ? undefined : size;
  });
}

/** The nodes of a topology. Throws UserError where they are none. */
export function graphNodes(topology: Json, file: string): GraphNode[] {
  const names = new Set<string>();
  return listIn(topology, "node").map((json) => {
    const name = textIn(json, "name");
    const op = textIn(json, "op");
    if (name === undefined || op === undefined) throw damaged(file, "one of its nodes has no name or operation");
    if (names.has(name)) throw damaged(file, `two of its nodes are named ${name}`);
    names.add(name);
    const inputs = listIn(json, "input").flatMap((input) => (typeof input === "string" && !input.startsWith("^") ? [inputOf(input)] : []));
    return { name, op, inputs, attributes: new Attributes(recordIn(json, "attr") ?? {}, file) };
  });
}

/** "name" or "name:1" */
function inputOf(text: string): NodeInput {
  const [, node = text, output = "0"] = /^(.*):(\d+)$/.exec(text) ?? [];
  return { node, output: Number(output) };
}
