import type { Place } from "../../interpret/values.js";
import { type CallNode, callAt, type TreeNode } from "../../syntax/around.js";
import type { Expression } from "../../syntax/tree.js";
import type { ChangedCall } from "./setArguments.js";
import { type Edit, indentAt, insertion, type SourceText, textAt } from "./sourceText.js";

/** A call that makes a layer which lacks another one in front of it. */
export interface FollowingCall extends ChangedCall {
  /** Where the layer is applied. */
  readonly calledAt?: Place | undefined;
}

/** Types whose arguments run one after another. */
const STACKS = /(^|\.)(Sequential|sequential|Chain|OrderedDict)$/;
/** Methods that put a layer behind those that a model has. */
const ADDS = /\.(add|append)$/;
/** Lists whose entries are called by their numbers. */
const NUMBERED = /(^|\.)ModuleList$/;

/**
 * Puts a layer in front of the one that a call makes: in the stack or list it is an entry of, above the line that adds it to a model, else
 * around what it is applied to. Undefined where none of these is sure to be right. `type` as the framework's table names it: "nn.Flatten".
 */
export function insertLayer(following: FollowingCall, type: string, source: SourceText): Edit[] | undefined {
  const found = callAt(source.tree.body, following.call);
  if (!found) return undefined;
  const { call, around } = found;
  const layer = layerNamed(type, call, source);
  if (!layer) return undefined;
  const entry = entryOf(call, around, layer.text, source) ?? lineAbove(call, around, layer.text, source);
  if (entry) return [entry, ...layer.imports];
  const wrapped = aroundInput(call, around, following.calledAt, layer.text, source);
  return wrapped && [wrapped.edit, ...(wrapped.needsLayer ? layer.imports : [])];
}

/** The constructor, written as the one of the layer behind it is: `nn.Linear(..)` follows `nn.Flatten()`. */
function layerNamed(type: string, { callee }: CallNode, source: SourceText): { text: string; imports: readonly Edit[] } | undefined {
  if (source.language === "julia") return { text: type, imports: [] };
  const name = type.replace(/^.*\./, "");
  const text = textAt(source, callee.range);
  const dot = text.lastIndexOf(".");
  if (dot >= 0) return { text: `${text.slice(0, dot + 1)}${name}()`, imports: [] };
  const imports = importsOf(name, text, source);
  return imports && { text: `${name}()`, imports };
}

/** What makes a name known beside another one that is imported by itself. */
function importsOf(name: string, beside: string, { tree, text }: SourceText): readonly Edit[] | undefined {
  for (const statement of tree.body) {
    if (statement.kind !== "import") continue;
    if (statement.names?.some((imported) => imported.as === name) || statement.all) return [];
    if (!statement.names?.some((imported) => imported.as === beside)) continue;
    const at = new RegExp(`\\b${beside}\\b`).exec(text.slice(statement.range.start, statement.range.end));
    if (at) return [insertion(statement.range.start + at.index + beside.length, `, ${name}`)];
  }
  return undefined;
}

/** An entry of a stack, a list, or a list of names and layers. */
function entryOf(call: CallNode, around: readonly TreeNode[], layer: string, source: SourceText): Edit | undefined {
  const [holder, owner] = [around.at(-1), around.at(-2)];
  if (holder?.kind === "tuple" && owner?.kind === "list" && holder.items[0]?.kind === "string") {
    const quote = textAt(source, holder.items[0].range).slice(0, 1);
    return beforeEntry(holder, `(${quote}flatten${quote}, ${layer})`, source);
  }
  const isNumbered = owner?.kind === "call" && NUMBERED.test(textAt(source, owner.callee.range));
  const isEntry = (holder?.kind === "list" && !isNumbered) || (holder?.kind === "call" && isStack(holder, call, source));
  return isEntry ? beforeEntry(call, layer, source) : undefined;
}

function isStack({ callee, args }: CallNode, entry: CallNode, source: SourceText): boolean {
  return STACKS.test(textAt(source, callee.range)) && args.some((argument) => argument.kind === "positional" && argument.value === entry);
}

function beforeEntry({ range: { start } }: Expression, entry: string, source: SourceText): Edit {
  const indent = indentAt(source, start);
  return insertion(start, indent === undefined ? `${entry}, ` : `${entry},\n${indent}`);
}

/** `model.add(Dense(10))` gets a line above it. */
function lineAbove(call: CallNode, around: readonly TreeNode[], layer: string, source: SourceText): Edit | undefined {
  const [adding, statement] = [around.at(-1), around.at(-2)];
  if (adding?.kind !== "call" || statement?.kind !== "expression") return undefined;
  const method = textAt(source, adding.callee.range);
  const [only, ...others] = adding.args;
  if (!ADDS.test(method) || others.length > 0 || only?.kind !== "positional" || only.value !== call) return undefined;
  const { start } = statement.range;
  const indent = indentAt(source, start);
  const end = source.language === "javascript" ? ";" : "";
  return insertion(start, indent === undefined ? `${method}(${layer}); ` : `${method}(${layer})${end}\n${indent}`);
}

/**
 * What a layer gets where it is applied, made flat there: `Dense(10)(x)`, or `self.fc(x)` where `self.fc` is what the layer was assigned
 * to. Layers in stacks are applied by the stack's call, which is none of these.
 */
function aroundInput(
  call: CallNode,
  around: readonly TreeNode[],
  calledAt: Place | undefined,
  layer: string,
  source: SourceText,
): { readonly edit: Edit; readonly needsLayer: boolean } | undefined {
  const holder = around.at(-1);
  if (holder?.kind === "call" && holder.callee === call) return aroundFirst(holder, (input) => `${layer}(${input})`, source);
  const method = holder?.kind === "attribute" && holder.name === "apply" ? around.at(-2) : undefined;
  if (method?.kind === "call" && method.callee === holder) return aroundFirst(method, (input) => `${layer}.apply(${input})`, source);
  if (holder?.kind !== "assign" || holder.value !== call || calledAt?.file !== source.file) return undefined;
  const application = callAt(source.tree.body, calledAt.range)?.call;
  const names = holder.targets.map((target) => textAt(source, target.range));
  if (!application || !names.includes(textAt(source, application.callee.range))) return undefined;
  const isFunction = source.language === "julia";
  return aroundFirst(
    application,
    (input, isSimple) => (isFunction ? `${layer}(${input})` : flattened(input, isSimple)),
    source,
    isFunction,
  );
}

/** As a method of PyTorch's tensors: it needs no import. */
function flattened(input: string, isSimple: boolean): string {
  return `${isSimple ? input : `(${input})`}.flatten(1)`;
}

const SIMPLE: ReadonlySet<string> = new Set(["name", "attribute", "call", "index"]);

function aroundFirst(
  { args: [input] }: CallNode,
  wrap: (input: string, isSimple: boolean) => string,
  source: SourceText,
  needsLayer = true,
) {
  if (input?.kind !== "positional") return undefined;
  const { kind, range } = input.value;
  return { edit: { range, text: wrap(textAt(source, range), SIMPLE.has(kind)) }, needsLayer };
}
