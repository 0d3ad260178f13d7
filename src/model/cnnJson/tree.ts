import type { TextRange } from "../../base/text.js";

/** A JSON value as it is typed; its range is where it stands. */
export type JsonNode = ObjectNode | ArrayNode | LiteralNode;

/** A text, number, boolean or null. */
export class LiteralNode implements TextRange {
  constructor(
    readonly start: number,
    readonly end: number,
    readonly json: string | number | boolean | null,
  ) {}
}

/** A list; its end moves while it is being built. */
export class ArrayNode implements TextRange {
  readonly items: JsonNode[] = [];

  constructor(
    readonly start: number,
    public end: number,
  ) {}

  /** The plain JSON, made when asked for: nobody does of a file's list of layers. */
  get json(): unknown[] {
    return this.items.map((item) => item.json);
  }

  add(item: JsonNode): void {
    this.items.push(item);
  }
}

/** A property as it is typed; its range is the key's. */
export interface Property extends TextRange {
  readonly key: string;
  /** Undefined while it is being typed. */
  value: JsonNode | undefined;
}

/** An object; its end moves while it is being built. */
export class ObjectNode implements TextRange {
  /** The plain JSON; a key without a value is undefined. Of equal keys the last counts, as JSON.parse has it. */
  readonly json: Record<string, unknown> = {};
  readonly properties: Property[] = [];

  constructor(
    readonly start: number,
    public end: number,
  ) {}

  addKey(key: string, start: number, end: number): void {
    this.properties.push({ key, start, end, value: undefined });
    this.#set(key, undefined);
  }

  /** The value of the key that was added last, once it is whole. */
  add(value: JsonNode): void {
    const property = this.properties.at(-1);
    if (!property) return;
    property.value = value;
    this.#set(property.key, value.json);
  }

  property(key: string): Property | undefined {
    if (!Object.hasOwn(this.json, key)) return undefined;
    return this.properties.filter((property) => property.key === key).at(-1);
  }

  /** A key "__proto__" is a key like any other. */
  #set(key: string, value: unknown): void {
    if (key !== "__proto__") this.json[key] = value;
    else Object.defineProperty(this.json, key, { value, enumerable: true, configurable: true, writable: true });
  }
}

/** The value of an object's property; undefined where the node is no object or does not have it. */
export function valueAt(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node instanceof ObjectNode ? node.property(key)?.value : undefined;
}

/** Where something inside a node stands: a value, or the key of one. Without it the nearest thing around that exists. */
export function locate(node: JsonNode, path: readonly (string | number)[], target: "key" | "value"): TextRange {
  let found = node;
  for (const [i, step] of path.entries()) {
    const property = found instanceof ObjectNode ? found.property(String(step)) : undefined;
    if (property && target === "key" && i === path.length - 1) return property;
    const next = found instanceof ArrayNode ? found.items[Number(step)] : property?.value;
    if (!next) return found;
    found = next;
  }
  return found;
}
