import type { SyntaxNode } from "../node.js";
import type { Statement, Target } from "../tree.js";
import { forOf, ifOf, letOf, tryOf, whileOf } from "./blocks.js";
import { definedFunction, functionStatement, isSignature, shortFunction } from "./functions.js";
import { importsOf, includeOf } from "./imports.js";
import { macroStatement } from "./macros.js";
import { partsOf, rangeOf, type Translate } from "./nodes.js";
import { augmentedOperator } from "./operators.js";
import { structOf } from "./structs.js";

type Rule = (node: SyntaxNode, julia: Translate) => Statement[];

const nothing: Rule = () => [];

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["assignment", assignment],
  ["compound_assignment_expression", augmented],
  ["const_statement", (node, julia) => julia.statements(partsOf(node))],
  ["global_statement", globals],
  ["local_statement", locals],
  ["function_definition", (node, julia) => functionStatement(definedFunction(node, julia))],
  ["struct_definition", struct],
  ["abstract_definition", struct],
  ["primitive_definition", nothing],
  ["macro_definition", nothing],
  ["export_statement", nothing],
  ["public_statement", nothing],
  ["quote_statement", nothing],
  ["import_statement", importsOf],
  ["using_statement", importsOf],
  ["module_definition", (node, julia) => julia.statements(partsOf(node).filter(({ field }) => field !== "name"))],
  ["macrocall_expression", macroStatement],
  ["if_statement", ifOf],
  ["for_statement", forOf],
  ["while_statement", whileOf],
  ["let_statement", letOf],
  ["try_statement", tryOf],
  ["compound_statement", (node, julia) => [{ kind: "block", body: julia.statements(partsOf(node)), range: rangeOf(node) }]],
  ["return_statement", returned],
  ["break_statement", (node) => [{ kind: "break", range: rangeOf(node) }]],
  ["continue_statement", (node) => [{ kind: "continue", range: rangeOf(node) }]],
  ["call_expression", call],
  ["binary_expression", shortCircuit],
]);

/** What a node does where its value is not asked for: one or several statements, or none. */
export function statementsOf(node: SyntaxNode, julia: Translate): Statement[] {
  return RULES.get(node.type)?.(node, julia) ?? expression(node, julia);
}

/** Types of nodes that are no expressions to the common tree. */
export function isStatement({ type }: SyntaxNode): boolean {
  return type.endsWith("_statement") || type.endsWith("_definition") || type === "compound_assignment_expression";
}

function expression(node: SyntaxNode, julia: Translate): Statement[] {
  return [{ kind: "expression", value: julia.expression(node), range: rangeOf(node) }];
}

function struct(node: SyntaxNode, julia: Translate): Statement[] {
  return [{ kind: "class", class: structOf(node, [], julia), range: rangeOf(node) }];
}

function returned(node: SyntaxNode, julia: Translate): Statement[] {
  const [value] = partsOf(node);
  return [{ kind: "return", ...(value && { value: julia.expression(value) }), range: rangeOf(node) }];
}

/** a = b = value, f(x) = value */
function assignment(node: SyntaxNode, julia: Translate): Statement[] {
  const targets: Target[] = [];
  const range = rangeOf(node);
  let value: SyntaxNode | undefined = node;
  while (value?.type === "assignment") {
    const [left, , right]: (SyntaxNode | undefined)[] = partsOf(value);
    if (!left || !right) return [];
    if (isSignature(left)) {
      const tree = shortFunction(value, julia);
      if (targets.length === 0) return functionStatement(tree);
      return tree ? [{ kind: "assign", targets, value: { kind: "function", function: tree, range: tree.range }, range }] : [];
    }
    targets.push(julia.target(left));
    value = right;
  }
  return value ? [{ kind: "assign", targets, value: julia.expression(value), range }] : [];
}

/** x += 1. What `.=` writes into an array changes no shape; it is read for what is wrong with it. */
function augmented(node: SyntaxNode, julia: Translate): Statement[] {
  const [left, sign, right] = partsOf(node);
  if (!left || !sign || !right) return [];
  const operator = augmentedOperator(sign.text);
  if (!operator) return expression(right, julia);
  return [{ kind: "augmented", target: julia.target(left), operator, value: julia.expression(right), range: rangeOf(node) }];
}

function globals(node: SyntaxNode, julia: Translate): Statement[] {
  const parts = partsOf(node);
  const names = parts.flatMap((part) => (part.type === "assignment" ? partsOf(part).slice(0, 1) : [part])).map(({ text }) => text);
  const assigned = parts.filter(({ type }) => type === "assignment");
  return [{ kind: "nonlocal", names, global: true, range: rangeOf(node) }, ...julia.statements(assigned)];
}

function locals(node: SyntaxNode, julia: Translate): Statement[] {
  return partsOf(node).flatMap((part): Statement[] => {
    if (part.type !== "assignment") return [{ kind: "assign", targets: [julia.target(part)], declares: true, range: rangeOf(part) }];
    return assignment(part, julia).map((statement) => (statement.kind === "assign" ? { ...statement, declares: true } : statement));
  });
}

/** include("file.jl") is an import; all else is done for its effect. */
function call(node: SyntaxNode, julia: Translate): Statement[] {
  const [callee, list] = partsOf(node);
  const [path] = list ? partsOf(list) : [];
  const text = path?.type === "string_literal" ? julia.expression(path) : undefined;
  if (callee?.text === "include" && text?.kind === "string") return [includeOf(text.value, rangeOf(node))];
  return expression(node, julia);
}

/** condition && action, condition || action */
function shortCircuit(node: SyntaxNode, julia: Translate): Statement[] {
  const [left, sign, right] = partsOf(node);
  const range = rangeOf(node);
  if (!left || !right || (sign?.text !== "&&" && sign?.text !== "||")) return expression(node, julia);
  if (!isStatement(right) && right.type !== "parenthesized_expression" && right.type !== "call_expression") return expression(node, julia);
  const action = julia.statements([right]);
  const test = julia.expression(left);
  return [{ kind: "if", test, then: sign.text === "&&" ? action : [], otherwise: sign.text === "&&" ? [] : action, range }];
}
