import type { SyntaxNode } from "../node.js";
import type { Argument, Clause, Expression, Item } from "../tree.js";
import { name, partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";

function itemOf(node: SyntaxNode, julia: Translate): Item {
  if (node.type !== "splat_expression") return julia.expression(node);
  const [value] = partsOf(node);
  return value ? { kind: "spread", value: julia.expression(value), range: rangeOf(node) } : unreadable(node);
}

export function vectorOf(node: SyntaxNode, julia: Translate): Expression {
  return { kind: "list", items: partsOf(node).map((part) => itemOf(part, julia)), range: rangeOf(node) };
}

/** [a b; c d]: what its rows make, put below one another. */
export function matrixOf(node: SyntaxNode, julia: Translate): Expression {
  const rows = partsOf(node).map((row): Argument => {
    const items = partsOf(row).map((part) => itemOf(part, julia));
    const [only] = items;
    if (items.length === 1 && only) return only.kind === "spread" ? only : { kind: "positional", value: only };
    return { kind: "positional", value: callWith("hcat", items, rangeOf(row)) };
  });
  const range = rangeOf(node);
  const [only] = rows;
  if (rows.length === 1 && only?.kind === "positional") return only.value;
  return { kind: "call", callee: name("vcat", range), args: rows, range };
}

function callWith(callee: string, items: readonly Item[], range: Expression["range"]): Expression {
  const args = items.map((item): Argument => (item.kind === "spread" ? item : { kind: "positional", value: item }));
  return { kind: "call", callee: name(callee, range), args, range };
}

/** (a, b); with names, (a = 1, b) and (; a, b), the call of a function of no name that a program could have. */
export function tupleOf(node: SyntaxNode, julia: Translate): Expression {
  const range = rangeOf(node);
  const named = node.children.some(({ type }) => type === ";" || type === "named_field");
  if (!named) return { kind: "tuple", items: partsOf(node).map((part) => itemOf(part, julia)), range };
  return { kind: "call", callee: name("(;)", range), args: partsOf(node).map((part) => namedArgument(part, julia)), range };
}

/** What may stand behind the semicolon of a call: a = 1, a, m.a, :a => 1, rest... */
function namedArgument(node: SyntaxNode, julia: Translate): Argument {
  const range = rangeOf(node);
  const parts = partsOf(node);
  const [first] = parts;
  const last = parts.at(-1);
  switch (node.type) {
    case "named_argument":
    case "named_field":
    case "assignment":
      if (first && last) return { kind: "named", name: first.text, value: julia.expression(last), range };
      break;
    case "splat_expression":
      if (first) return { kind: "namedSpread", value: julia.expression(first) };
      break;
    case "identifier":
      return { kind: "named", name: node.text, value: julia.expression(node), range };
    case "field_expression":
      if (last) return { kind: "named", name: last.text, value: julia.expression(node), range };
      break;
    case "binary_expression":
      if (first?.type === "quote_expression" && last) {
        return { kind: "named", name: first.text.slice(1), value: julia.expression(last), range };
      }
  }
  return { kind: "namedSpread", value: unreadable(node) };
}

/** f(a, b...; c = 1): what stands before the semicolon may be named too. */
export function argumentsOf(list: SyntaxNode | undefined, julia: Translate): Argument[] {
  if (!list) return [];
  if (list.children.some(({ type }) => type === "for_clause")) return [{ kind: "positional", value: comprehensionOf(list, julia) }];
  const args: Argument[] = [];
  let named = false;
  for (const child of list.children) {
    if (child.type === ";") named = true;
    if (!partsOf(list).includes(child)) continue;
    if (named || child.type === "named_argument") args.push(namedArgument(child, julia));
    else {
      const item = itemOf(child, julia);
      args.push(item.kind === "spread" ? { kind: "spread", value: item.value } : { kind: "positional", value: item });
    }
  }
  return args;
}

/** [f(x) for x in xs if x > 0]; without brackets a generator. */
export function comprehensionOf(node: SyntaxNode, julia: Translate): Expression {
  const [element, ...clauses] = partsOf(node);
  if (!element) return unreadable(node);
  const makes = node.type === "comprehension_expression" ? "list" : "generator";
  const range = rangeOf(node);
  return { kind: "comprehension", makes, element: julia.expression(element), clauses: clausesOf(clauses, julia), range };
}

function clausesOf(nodes: readonly SyntaxNode[], julia: Translate): Clause[] {
  return nodes.flatMap((node): Clause[] => {
    const parts = partsOf(node);
    const [condition] = parts;
    if (node.type === "if_clause") return condition ? [{ kind: "if", condition: julia.expression(condition) }] : [];
    return parts.flatMap((part) => bindingOf(part, julia)).map((binding) => ({ kind: "for", ...binding }));
  });
}

/** `x in xs` and `x = xs` of a loop. */
export function bindingOf(node: SyntaxNode, julia: Translate) {
  const parts = partsOf(node);
  const [target] = parts;
  const iterable = parts.at(-1);
  return target && iterable && parts.length > 1 ? [{ target: julia.target(target), iterable: julia.expression(iterable) }] : [];
}

/** a[i, end]: an object that is more than a name is computed once. */
export function indexOf(node: SyntaxNode, julia: Translate): Expression {
  const [objectNode, brackets] = partsOf(node);
  if (!objectNode || !brackets) return unreadable(node);
  const range = rangeOf(node);
  const object = julia.expression(objectNode);
  // Any[x for x in xs], Float32[1 2; 3 4], Any[xs...]: the type says what is known anyway.
  const splat = partsOf(brackets).some(({ type }) => type === "splat_expression");
  if (brackets.type !== "vector_expression" || splat) return julia.expression(brackets);
  const plain = !brackets.descendantsOfType("identifier").some(({ text }) => text === "end") || isPlace(object);
  if (plain) return { kind: "index", object, indices: indicesOf(brackets, object, julia), range };
  const held: Expression = { kind: "name", name: "#indexed", range: object.range };
  return {
    kind: "block",
    body: [
      { kind: "assign", targets: [{ kind: "name", name: "#indexed", range: object.range }], value: object, range: object.range },
      { kind: "return", value: { kind: "index", object: held, indices: indicesOf(brackets, held, julia), range }, range },
    ],
    range,
  };
}

export function indicesOf(brackets: SyntaxNode, object: Expression, julia: Translate): Expression[] {
  const parts = partsOf(brackets);
  return parts.map((part, at) =>
    part.type === "operator"
      ? { kind: "slice", range: rangeOf(part) }
      : julia.indexing(object, parts.length > 1 ? at + 1 : 0, () => julia.expression(part)),
  );
}

function isPlace(expression: Expression): boolean {
  if (expression.kind === "name") return true;
  return expression.kind === "attribute" && isPlace(expression.object);
}
