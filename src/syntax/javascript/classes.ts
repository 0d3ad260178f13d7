import type { TextRange } from "../../base/text.js";
import type { SyntaxNode } from "../node.js";
import type { Argument, ClassTree, Expression, FunctionTree, Statement } from "../tree.js";
import { fieldOf, hasToken, partsOf, rangeOf, type Translate } from "./nodes.js";

/**
 * A class. Fields of instances are set by its constructor, as JavaScript does it: after `super(...)`. How a method was declared
 * ("static", "get", "set") stands among its decorators; decorators of TypeScript are left out.
 */
export function classOf(node: SyntaxNode, js: Translate): ClassTree {
  const name = fieldOf(node, "name");
  const bases = basesOf(node, js);
  const members = partsOf(fieldOf(node, "body") ?? node);
  const fields = members.filter((member) => isField(member) && !hasToken(member, "static"));
  const methods = members.filter(({ type }) => type === "method_definition").map((member) => methodOf(member, js));
  const sets = [
    ...members.flatMap((member) => parameterProperties(member, js)),
    ...fields.flatMap((field) => fieldValue(field, js)).map(({ name, value, range }) => setField(name, value, range)),
  ];
  return {
    name: name?.text ?? "",
    nameRange: rangeOf(name ?? node),
    bases,
    decorators: [],
    body: [...statics(members, js), ...withFields(methods, sets, bases.length > 0, rangeOf(node)).map(statement)],
    range: rangeOf(node),
  };
}

const statement = (tree: FunctionTree): Statement => ({ kind: "function", function: tree, range: tree.range });

/** JavaScript has the base in `class_heritage` itself, TypeScript in an `extends_clause` beside interfaces. */
function basesOf(node: SyntaxNode, js: Translate): Argument[] {
  const heritage = partsOf(node).find(({ type }) => type === "class_heritage");
  if (!heritage) return [];
  const clause = partsOf(heritage).find(({ type }) => type === "extends_clause");
  const value = clause ? fieldOf(clause, "value") : partsOf(heritage).find(({ type }) => type !== "implements_clause");
  return value ? [{ kind: "positional", value: js.expression(value) }] : [];
}

const isField = ({ type }: SyntaxNode): boolean => type === "field_definition" || type === "public_field_definition";

function fieldValue(node: SyntaxNode, js: Translate): { name: string; value: Expression; range: TextRange }[] {
  const name = fieldOf(node, "property") ?? fieldOf(node, "name");
  const value = fieldOf(node, "value");
  if (!name || name.type === "computed_property_name" || hasToken(node, "declare")) return [];
  return [{ name: name.text, value: value ? js.expression(value) : { kind: "none", range: rangeOf(node) }, range: rangeOf(node) }];
}

function statics(members: readonly SyntaxNode[], js: Translate): Statement[] {
  return members
    .filter((member) => isField(member) && hasToken(member, "static"))
    .flatMap((member) => fieldValue(member, js))
    .map(({ name, value, range }) => ({ kind: "assign", targets: [{ kind: "name", name, range }], value, range }));
}

function methodOf(node: SyntaxNode, js: Translate): FunctionTree {
  const tree = js.functionTree(node);
  const kinds = ["static", "get", "set"].filter((kind) => hasToken(node, kind));
  return { ...tree, decorators: kinds.map((name) => ({ kind: "name", name, range: tree.nameRange })) };
}

/** TypeScript's constructor(private readonly units: number) sets this.units. */
function parameterProperties(node: SyntaxNode, js: Translate): Statement[] {
  const list = fieldOf(node, "parameters");
  if (!list) return [];
  return partsOf(list)
    .filter(
      (part) =>
        part.type.endsWith("_parameter") && part.children.some(({ type }) => type === "accessibility_modifier" || type === "readonly"),
    )
    .flatMap((part) => {
      const pattern = fieldOf(part, "pattern");
      return pattern ? [setField(pattern.text, js.expression(pattern), rangeOf(pattern))] : [];
    });
}

function setField(name: string, value: Expression, range: TextRange): Statement {
  return { kind: "assign", targets: [{ kind: "attribute", object: { kind: "name", name: "this", range }, name, range }], value, range };
}

function withFields(methods: readonly FunctionTree[], sets: readonly Statement[], derived: boolean, range: TextRange): FunctionTree[] {
  if (sets.length === 0) return [...methods];
  const own = methods.find(({ name }) => name === "constructor");
  if (own) {
    return methods.map((method) => (method === own ? { ...method, body: afterSuper(method.body, sets) } : method));
  }
  const made: FunctionTree = {
    name: "constructor",
    nameRange: range,
    parameters: derived ? [{ name: "args", kind: "rest" }] : [],
    body: derived ? [superCall(range), ...sets] : sets,
    decorators: [],
    range,
  };
  return [made, ...methods];
}

function superCall(range: TextRange): Statement {
  const args: Argument[] = [{ kind: "spread", value: { kind: "name", name: "args", range } }];
  return { kind: "expression", value: { kind: "call", callee: { kind: "name", name: "super", range }, args, range }, range };
}

function afterSuper(body: readonly Statement[], added: readonly Statement[]): Statement[] {
  const at = body.findIndex(
    (line) =>
      line.kind === "expression" && line.value.kind === "call" && line.value.callee.kind === "name" && line.value.callee.name === "super",
  );
  return [...body.slice(0, at + 1), ...added, ...body.slice(at + 1)];
}
