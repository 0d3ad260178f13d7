import type { SyntaxNode } from "../node.js";
import type { Expression } from "../tree.js";
import { call, comprehension, dictionary, dictionaryComprehension, items, slice, subscript } from "./collections.js";
import { fieldOf, part, partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";
import { number } from "./numbers.js";
import { binary, comparison, conditional, logical, negation, unary } from "./operators.js";
import { parametersOf } from "./parameters.js";
import { concatenation, string } from "./strings.js";

type Translation = (node: SyntaxNode, translate: Translate) => Expression;

/** By the node's type. What isn't listed is unknown. */
const EXPRESSIONS: Readonly<Record<string, Translation>> = {
  identifier: name,
  // Words that were statements once, and names still.
  print: name,
  exec: name,
  true: (node) => ({ kind: "boolean", value: true, range: rangeOf(node) }),
  false: (node) => ({ kind: "boolean", value: false, range: rangeOf(node) }),
  none: (node) => ({ kind: "none", range: rangeOf(node) }),
  ellipsis: (node) => ({ kind: "ellipsis", range: rangeOf(node) }),
  integer: number,
  float: number,
  string,
  concatenated_string: concatenation,
  binary_operator: binary,
  unary_operator: unary,
  not_operator: negation,
  boolean_operator: logical,
  comparison_operator: comparison,
  conditional_expression: conditional,
  parenthesized_expression: inner,
  await: inner,
  type: inner,
  keyword_separator: unreadable,
  list: (node, translate) => ({ kind: "list", items: items(node, translate), range: rangeOf(node) }),
  set: (node, translate) => ({ kind: "set", items: items(node, translate), range: rangeOf(node) }),
  tuple: tupleOf,
  expression_list: tupleOf,
  pattern_list: tupleOf,
  dictionary,
  list_comprehension: comprehension("list"),
  set_comprehension: comprehension("set"),
  generator_expression: comprehension("generator"),
  dictionary_comprehension: dictionaryComprehension,
  call,
  attribute: (node, translate) => ({
    kind: "attribute",
    object: part(node, "object", translate),
    name: fieldOf(node, "attribute")?.text ?? "",
    range: rangeOf(node),
  }),
  subscript,
  slice,
  lambda,
  named_expression: (node, translate) => {
    const target = fieldOf(node, "name");
    if (!target) return unreadable(node);
    return { kind: "assignment", target: translate.target(target), value: part(node, "value", translate), range: rangeOf(node) };
  },
  yield: (node, translate) => {
    translate.yields();
    return unreadable(node);
  },
};

export function expressionOf(node: SyntaxNode, translate: Translate): Expression {
  return (EXPRESSIONS[node.type] ?? unreadable)(node, translate);
}

function name(node: SyntaxNode): Expression {
  return { kind: "name", name: node.text, range: rangeOf(node) };
}

function inner(node: SyntaxNode, translate: Translate): Expression {
  const [only] = partsOf(node);
  return only ? translate.expression(only) : unreadable(node);
}

function tupleOf(node: SyntaxNode, translate: Translate): Expression {
  return { kind: "tuple", items: items(node, translate), range: rangeOf(node) };
}

function lambda(node: SyntaxNode, translate: Translate): Expression {
  const range = rangeOf(node);
  const parameters = parametersOf(fieldOf(node, "parameters"), translate);
  const { result: value } = translate.own(() => part(node, "body", translate));
  const body = [{ kind: "return" as const, value, range: value.range }];
  return { kind: "function", function: { name: "", nameRange: range, parameters, body, decorators: [], range }, range };
}
