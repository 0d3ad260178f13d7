import type { SyntaxNode } from "../node.js";
import type { Target } from "../tree.js";
import { stringOf } from "./literals.js";
import { fieldOf, isComment, partsOf, rangeOf, type Translate } from "./nodes.js";

type Rule = (node: SyntaxNode, js: Translate) => Target;

const name: Rule = (node) => ({ kind: "name", name: node.text, range: rangeOf(node) });
const nothing: Rule = (node) => ({ kind: "unknown", range: rangeOf(node) });
const inner: Rule = (node, js) => {
  const part = partsOf(node)[0];
  return part ? js.target(part) : nothing(node, js);
};

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["identifier", name],
  ["shorthand_property_identifier_pattern", name],
  ["parenthesized_expression", inner],
  ["non_null_expression", inner],
  ["as_expression", inner],
  ["member_expression", member],
  ["subscript_expression", subscript],
  ["array_pattern", array],
  ["array", array],
  ["object_pattern", object],
  ["assignment_pattern", fallback],
  ["rest_pattern", rest],
]);

/** What is assigned to: a name, a member, or a pattern that takes the value apart. */
export function targetOf(node: SyntaxNode, js: Translate): Target {
  return (RULES.get(node.type) ?? nothing)(node, js);
}

function member(node: SyntaxNode, js: Translate): Target {
  const object = fieldOf(node, "object");
  const property = fieldOf(node, "property");
  if (!object || !property) return nothing(node, js);
  return { kind: "attribute", object: js.expression(object), name: property.text, range: rangeOf(node) };
}

function subscript(node: SyntaxNode, js: Translate): Target {
  const object = fieldOf(node, "object");
  const index = fieldOf(node, "index");
  if (!object || !index) return nothing(node, js);
  return { kind: "index", object: js.expression(object), indices: [js.expression(index)], range: rangeOf(node) };
}

/** [a, , b = 1, ...c]: what is left out between commas counts. */
function array(node: SyntaxNode, js: Translate): Target {
  const targets: Target[] = [];
  let filled = false;
  for (const child of node.children) {
    if (child.type === ",") {
      if (!filled) targets.push({ kind: "unknown", range: rangeOf(child) });
      filled = false;
    } else if (child.isNamed && !isComment(child)) {
      targets.push(js.target(child));
      filled = true;
    }
  }
  return { kind: "tuple", targets, range: rangeOf(node) };
}

function fallback(node: SyntaxNode, js: Translate): Target {
  const left = fieldOf(node, "left");
  const right = fieldOf(node, "right");
  if (!left || !right) return nothing(node, js);
  return { kind: "fallback", target: js.target(left), fallback: js.expression(right), range: rangeOf(node) };
}

function rest(node: SyntaxNode, js: Translate): Target {
  return { kind: "rest", target: inner(node, js), range: rangeOf(node) };
}

/** { a, b: c, d = 1, e: f = 2, ...g } */
function object(node: SyntaxNode, js: Translate): Target {
  type Fields = Extract<Target, { kind: "fields" }>["fields"][number];
  const fields: Fields[] = [];
  let others: Target | undefined;
  for (const part of partsOf(node)) {
    if (part.type === "rest_pattern") others = inner(part, js);
    else if (part.type === "shorthand_property_identifier_pattern") fields.push({ name: part.text, target: name(part, js) });
    else if (part.type === "object_assignment_pattern") {
      const left = fieldOf(part, "left");
      const right = fieldOf(part, "right");
      if (left && right) fields.push({ name: left.text, target: js.target(left), fallback: js.expression(right) });
    } else if (part.type === "pair_pattern") {
      const key = fieldOf(part, "key");
      const value = fieldOf(part, "value");
      if (!key || !value || key.type === "computed_property_name") continue;
      const target = js.target(value);
      const named = key.type === "string" ? stringOf(key) : key.text;
      fields.push(target.kind === "fallback" ? { name: named, target: target.target, fallback: target.fallback } : { name: named, target });
    }
  }
  return { kind: "fields", fields, ...(others && { rest: others }), range: rangeOf(node) };
}
