import type { SyntaxNode } from "../node.js";
import type { Expression, Statement } from "../tree.js";
import { bindingOf } from "./collections.js";
import { partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";
import { returning } from "./returning.js";

/** if, elseif, else. */
export function ifOf(node: SyntaxNode, julia: Translate): Statement[] {
  const condition = node.childForFieldName("condition");
  if (!condition) return [];
  const inside = partsOf(node).filter((part) => part !== condition);
  const alternatives = inside.filter(({ field }) => field === "alternative");
  return [
    {
      kind: "if",
      test: julia.expression(condition),
      then: julia.statements(inside.filter((part) => !alternatives.includes(part))),
      otherwise: otherwiseOf(alternatives, julia),
      range: rangeOf(node),
    },
  ];
}

function otherwiseOf([clause, ...rest]: readonly SyntaxNode[], julia: Translate): Statement[] {
  if (!clause) return [];
  if (clause.type === "else_clause") return julia.statements(partsOf(clause));
  const condition = clause.childForFieldName("condition");
  if (!condition) return otherwiseOf(rest, julia);
  const then = julia.statements(partsOf(clause).filter((part) => part !== condition));
  return [{ kind: "if", test: julia.expression(condition), then, otherwise: otherwiseOf(rest, julia), range: rangeOf(clause) }];
}

/** for i in a, j in b: one loop in the other. */
export function forOf(node: SyntaxNode, julia: Translate): Statement[] {
  const parts = partsOf(node);
  const bindings = parts.filter(({ type }) => type === "for_binding");
  const range = rangeOf(node);
  const innermost = julia.statements(parts.filter((part) => !bindings.includes(part)));
  return bindings
    .flatMap((binding) => bindingOf(binding, julia))
    .reduceRight<Statement[]>((body, binding) => [{ kind: "for", ...binding, body, otherwise: [], range }], innermost);
}

export function whileOf(node: SyntaxNode, julia: Translate): Statement[] {
  const condition = node.childForFieldName("condition");
  if (!condition) return [];
  const body = julia.statements(partsOf(node).filter((part) => part !== condition));
  return [{ kind: "while", test: julia.expression(condition), body, otherwise: [], range: rangeOf(node) }];
}

/** let x = 1 ... end: names of its own. */
export function letOf(node: SyntaxNode, julia: Translate): Statement[] {
  const parts = partsOf(node);
  const first = node.children.findIndex(({ type }) => type === ";" || type === "\n");
  const declarations = parts.filter((part) => part.type === "let_binding" || (first >= 0 && node.children.indexOf(part) < first));
  const declared = declarations.flatMap((part): Statement[] => {
    const [left] = partsOf(part);
    const target = julia.target(left ?? part);
    const value = partsOf(part).at(-1);
    const assigned = value && value !== left ? { value: julia.expression(value) } : {};
    return [{ kind: "assign", targets: [target], ...assigned, declares: true, range: rangeOf(part) }];
  });
  const body = julia.statements(parts.filter((part) => !declarations.includes(part)));
  return [{ kind: "expression", value: ownScope([...declared, ...body], node), range: rangeOf(node) }];
}

/** Statements whose names are their own are the call of a function that takes nothing. */
export function ownScope(body: readonly Statement[], node: SyntaxNode): Expression {
  const range = rangeOf(node);
  const tree = { name: "", nameRange: range, parameters: [], body: returning(body), decorators: [], range };
  return { kind: "call", callee: { kind: "function", function: tree, range }, args: [], range };
}

/** try, catch e, else, finally. */
export function tryOf(node: SyntaxNode, julia: Translate): Statement[] {
  const parts = partsOf(node);
  const clause = (type: string) => parts.find((part) => part.type === type);
  const inside = (found: SyntaxNode | undefined) => (found ? julia.statements(partsOf(found)) : []);
  const handler = clause("catch_clause");
  const [caught, ...handled] = handler ? partsOf(handler) : [];
  const named = caught?.type === "identifier" && handler?.text.slice(5, caught.startIndex - handler.startIndex).includes("\n") === false;
  return [
    {
      kind: "try",
      body: julia.statements(parts.filter(({ type }) => !type.endsWith("_clause"))),
      handlers: handler ? [{ body: julia.statements(named ? handled : partsOf(handler)) }] : [],
      otherwise: inside(clause("else_clause")),
      finally: inside(clause("finally_clause")),
      range: rangeOf(node),
    },
  ];
}

/** x == 1 ? 2 : 3 */
export function ternaryOf(node: SyntaxNode, julia: Translate): Expression {
  const [test, then, otherwise] = partsOf(node);
  if (!test || !then || !otherwise) return unreadable(node);
  return {
    kind: "conditional",
    test: julia.expression(test),
    then: julia.expression(then),
    otherwise: julia.expression(otherwise),
    range: rangeOf(node),
  };
}
