import type { SyntaxNode } from "../node.js";
import type { Argument, Clause, Expression, Item } from "../tree.js";
import { fieldOf, fieldsOf, part, partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";

export function items(node: SyntaxNode, translate: Translate): Item[] {
  return partsOf(node).map((child) => {
    const [inner] = partsOf(child);
    if (child.type !== "list_splat" || !inner) return translate.expression(child);
    return { kind: "spread", value: translate.expression(inner), range: rangeOf(child) };
  });
}

/** {key: value, **others} */
export function dictionary(node: SyntaxNode, translate: Translate): Expression {
  const entries = partsOf(node).flatMap((child): { key: Expression | undefined; value: Expression }[] => {
    if (child.type === "pair") return [{ key: part(child, "key", translate), value: part(child, "value", translate) }];
    const [spread] = partsOf(child);
    return child.type === "dictionary_splat" && spread ? [{ key: undefined, value: translate.expression(spread) }] : [];
  });
  return { kind: "dictionary", entries, range: rangeOf(node) };
}

export function comprehension(makes: "list" | "set" | "generator") {
  return (node: SyntaxNode, translate: Translate): Expression => ({
    kind: "comprehension",
    makes,
    element: part(node, "body", translate),
    clauses: clauses(node, translate),
    range: rangeOf(node),
  });
}

export function dictionaryComprehension(node: SyntaxNode, translate: Translate): Expression {
  const pair = fieldOf(node, "body");
  if (!pair) return unreadable(node);
  return {
    kind: "comprehension",
    makes: "dictionary",
    key: part(pair, "key", translate),
    element: part(pair, "value", translate),
    clauses: clauses(node, translate),
    range: rangeOf(node),
  };
}

function clauses(node: SyntaxNode, translate: Translate): Clause[] {
  return node.namedChildren.flatMap((child): Clause[] => {
    const [condition] = partsOf(child);
    if (child.type === "if_clause" && condition) return [{ kind: "if", condition: translate.expression(condition) }];
    const left = fieldOf(child, "left");
    if (child.type !== "for_in_clause" || !left) return [];
    return [{ kind: "for", target: translate.target(left), iterable: part(child, "right", translate) }];
  });
}

/** f(a, *b, c=1, **d), and f(i for i in x). */
export function call(node: SyntaxNode, translate: Translate): Expression {
  const callee = part(node, "function", translate);
  const list = fieldOf(node, "arguments");
  const args: Argument[] =
    list?.type === "generator_expression" ? [{ kind: "positional", value: translate.expression(list) }] : argumentsOf(list, translate);
  return { kind: "call", callee, args, range: rangeOf(node) };
}

export function argumentsOf(list: SyntaxNode | undefined, translate: Translate): Argument[] {
  if (!list) return [];
  return partsOf(list).map((child): Argument => {
    if (child.type === "keyword_argument") {
      const name = fieldOf(child, "name")?.text ?? "";
      return { kind: "named", name, value: part(child, "value", translate), range: rangeOf(child) };
    }
    const [inner] = partsOf(child);
    if (child.type === "list_splat" && inner) return { kind: "spread", value: translate.expression(inner) };
    if (child.type === "dictionary_splat" && inner) return { kind: "namedSpread", value: translate.expression(inner) };
    return { kind: "positional", value: translate.expression(child) };
  });
}

/** value[a, b:c]: a tuple of plain values is one key of a dictionary and several indices of a tensor; the interpreter tells. */
export function subscript(node: SyntaxNode, translate: Translate): Expression {
  const indices = subscripts(node).map((child) => translate.expression(child));
  return { kind: "index", object: part(node, "value", translate), indices, range: rangeOf(node) };
}

export function subscripts(node: SyntaxNode): readonly SyntaxNode[] {
  return fieldsOf(node, "subscript");
}

/** start:stop:step, each of them optional. */
export function slice(node: SyntaxNode, translate: Translate): Expression {
  const places: (Expression | undefined)[] = [];
  let at = 0;
  for (const child of node.children) {
    if (child.type === ":") at++;
    else if (child.isNamed && child.type !== "comment") places[at] = translate.expression(child);
  }
  const [start, stop, step] = places;
  return { kind: "slice", ...(start && { start }), ...(stop && { stop }), ...(step && { step }), range: rangeOf(node) };
}
