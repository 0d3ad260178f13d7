import type { SyntaxNode } from "../node.js";
import type { Argument, Expression, Item, Statement, UnaryOperator } from "../tree.js";
import { assignmentOf, augmentedOf, updateOf } from "./assignments.js";
import { numberOf, stringOf, unescaped } from "./literals.js";
import { requiredModule } from "./modules.js";
import { fieldOf, hasToken, isComment, nativeCall, partsOf, rangeOf, type Translate } from "./nodes.js";
import { objectOf } from "./objects.js";
import { BINARY, COMPARISON, LOGICAL } from "./operators.js";

type Rule = (node: SyntaxNode, js: Translate) => Expression;

const unknown: Rule = (node) => ({ kind: "unknown", text: node.text.slice(0, 80), range: rangeOf(node) });
const name: Rule = (node) => ({ kind: "name", name: node.text, range: rangeOf(node) });
const none: Rule = (node) => ({ kind: "none", range: rangeOf(node) });
/** What is around an expression and says nothing at run time: brackets, `await`, `as T`, `!`. */
const inner: Rule = (node, js) => {
  const part = partsOf(node)[0];
  return part ? js.expression(part) : unknown(node, js);
};

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["identifier", name],
  ["this", name],
  ["super", name],
  ["undefined", none],
  ["null", none],
  ["true", (node) => ({ kind: "boolean", value: true, range: rangeOf(node) })],
  ["false", (node) => ({ kind: "boolean", value: false, range: rangeOf(node) })],
  ["number", (node) => ({ kind: "number", value: numberOf(node.text), float: false, range: rangeOf(node) })],
  ["string", (node) => ({ kind: "string", value: stringOf(node), range: rangeOf(node) })],
  ["template_string", template],
  ["array", (node, js) => ({ kind: "list", items: itemsOf(node, js), range: rangeOf(node) })],
  ["object", objectOf],
  ["parenthesized_expression", inner],
  ["await_expression", inner],
  ["as_expression", inner],
  ["satisfies_expression", inner],
  ["non_null_expression", inner],
  ["instantiation_expression", inner],
  ["type_assertion", (node, js) => js.expression(partsOf(node).at(-1) ?? node)],
  ["sequence_expression", sequence],
  ["function_expression", functionExpression],
  ["generator_function", functionExpression],
  ["arrow_function", functionExpression],
  ["class", (node, js) => ({ kind: "class", class: js.classTree(node), range: rangeOf(node) })],
  ["member_expression", member],
  ["subscript_expression", subscript],
  ["call_expression", call],
  ["new_expression", construct],
  ["unary_expression", unary],
  ["binary_expression", binary],
  ["ternary_expression", ternary],
  ["assignment_expression", assignmentOf],
  ["augmented_assignment_expression", augmentedOf],
  ["update_expression", updateOf],
]);

/** The value of an expression; what is not in the table (regular expressions, JSX) is unknown. */
export function expressionOf(node: SyntaxNode, js: Translate): Expression {
  return (RULES.get(node.type) ?? unknown)(node, js);
}

function functionExpression(node: SyntaxNode, js: Translate): Expression {
  return { kind: "function", function: js.functionTree(node), range: rangeOf(node) };
}

function template(node: SyntaxNode, js: Translate): Expression {
  const parts = partsOf(node).map((part) => {
    if (part.type === "template_substitution") return inner(part, js);
    return part.type === "escape_sequence" ? unescaped(part.text) : part.text;
  });
  return { kind: "template", parts, range: rangeOf(node) };
}

function sequence(node: SyntaxNode, js: Translate): Expression {
  const parts = partsOf(node);
  const body = parts.map((part, at): Statement => {
    return { kind: at < parts.length - 1 ? "expression" : "return", value: js.expression(part), range: rangeOf(part) };
  });
  return { kind: "block", body, range: rangeOf(node) };
}

/** Elements of an array; what is left out between commas is undefined. */
function itemsOf(node: SyntaxNode, js: Translate): Item[] {
  const items: Item[] = [];
  let filled = false;
  for (const child of node.children) {
    if (child.type === ",") {
      if (!filled) items.push({ kind: "none", range: rangeOf(child) });
      filled = false;
    } else if (child.isNamed && !isComment(child) && !child.isError) {
      items.push(
        child.type === "spread_element" ? { kind: "spread", value: inner(child, js), range: rangeOf(child) } : js.expression(child),
      );
      filled = true;
    }
  }
  return items;
}

/** a?.b.c is undefined where a is: all that follows a `?.` is optional too. */
function isOptional(node: SyntaxNode | undefined): boolean {
  if (!node || !["member_expression", "subscript_expression", "call_expression"].includes(node.type)) return false;
  return hasToken(node, "optional_chain") || hasToken(node, "?.") || isOptional(fieldOf(node, "object") ?? fieldOf(node, "function"));
}

function member(node: SyntaxNode, js: Translate): Expression {
  const object = fieldOf(node, "object");
  const property = fieldOf(node, "property");
  if (!object || !property) return unknown(node, js);
  const optional = isOptional(node) && { optional: true as const };
  return { kind: "attribute", object: js.expression(object), name: property.text, ...optional, range: rangeOf(node) };
}

function subscript(node: SyntaxNode, js: Translate): Expression {
  const object = fieldOf(node, "object");
  const index = fieldOf(node, "index");
  if (!object || !index) return unknown(node, js);
  const value = js.expression(object);
  const element: Expression = { kind: "index", object: value, indices: [js.expression(index)], range: rangeOf(node) };
  return isOptional(node) ? unlessMissing(value, element) : element;
}

/** a == null ? undefined : then. Only names and members are asked twice, as asking them does nothing. */
function unlessMissing(object: Expression, then: Expression): Expression {
  if (!isPlain(object)) return then;
  const { range } = object;
  const none: Expression = { kind: "none", range };
  return {
    kind: "conditional",
    test: { kind: "comparison", operands: [object, none], operators: ["=="], range },
    then: none,
    otherwise: then,
    range: then.range,
  };
}

function isPlain(value: Expression): boolean {
  return value.kind === "name" || (value.kind === "attribute" && isPlain(value.object));
}

function argumentsOf(node: SyntaxNode, js: Translate): Argument[] {
  return partsOf(node).map((part) =>
    part.type === "spread_element" ? { kind: "spread", value: inner(part, js) } : { kind: "positional", value: js.expression(part) },
  );
}

function call(node: SyntaxNode, js: Translate): Expression {
  const callee = fieldOf(node, "function");
  const args = fieldOf(node, "arguments");
  if (!callee || args?.type !== "arguments") return unknown(node, js);
  const module = requiredModule(callee, partsOf(args));
  if (module) return module;
  const value = js.expression(callee);
  const called: Expression = { kind: "call", callee: value, args: argumentsOf(args, js), range: rangeOf(node) };
  return isOptional(node) ? unlessMissing(value, called) : called;
}

function construct(node: SyntaxNode, js: Translate): Expression {
  const callee = fieldOf(node, "constructor");
  if (!callee) return unknown(node, js);
  const args = fieldOf(node, "arguments");
  return { kind: "call", callee: js.expression(callee), args: args ? argumentsOf(args, js) : [], construct: true, range: rangeOf(node) };
}

const SIGNS: ReadonlyMap<string, UnaryOperator> = new Map([
  ["!", "not"],
  ["-", "-"],
  ["+", "+"],
  ["~", "~"],
]);

/** `typeof` is called as a function of that name, which no program can define. */
function unary(node: SyntaxNode, js: Translate): Expression {
  const operand = fieldOf(node, "argument");
  const operator = fieldOf(node, "operator")?.type ?? "";
  if (!operand) return unknown(node, js);
  const sign = SIGNS.get(operator);
  if (sign) return { kind: "unary", operator: sign, operand: js.expression(operand), range: rangeOf(node) };
  if (operator === "typeof") return nativeCall("typeof", [js.expression(operand)], rangeOf(node));
  return operator === "void" ? none(node, js) : unknown(node, js);
}

function binary(node: SyntaxNode, js: Translate): Expression {
  const sides = [fieldOf(node, "left"), fieldOf(node, "right")];
  const operator = fieldOf(node, "operator")?.type ?? "";
  const [left, right] = sides.map((side) => side && js.expression(side));
  const range = rangeOf(node);
  if (!left || !right) return unknown(node, js);
  const arithmetic = BINARY.get(operator);
  if (arithmetic) return { kind: "binary", operator: arithmetic, left, right, range };
  const comparison = COMPARISON.get(operator);
  if (comparison) return { kind: "comparison", operands: [left, right], operators: [comparison], range };
  const logical = LOGICAL.get(operator);
  if (logical) return { kind: "logical", operator: logical, left, right, range };
  return operator === "instanceof" ? nativeCall("instanceof", [left, right], range) : unknown(node, js);
}

function ternary(node: SyntaxNode, js: Translate): Expression {
  const [test, then, otherwise] = ["condition", "consequence", "alternative"].map((part) => fieldOf(node, part));
  if (!test || !then || !otherwise) return unknown(node, js);
  return {
    kind: "conditional",
    test: js.expression(test),
    then: js.expression(then),
    otherwise: js.expression(otherwise),
    range: rangeOf(node),
  };
}
