import type { SyntaxNode } from "../node.js";
import type { Expression, Statement } from "../tree.js";
import { assignStatement, augmentedStatement, updateStatement } from "./assignments.js";
import { stringOf } from "./literals.js";
import { branchOf, doOf, forEachOf, forOf, whileOf } from "./loops.js";
import { exportsOf, importsOf } from "./modules.js";
import { fieldOf, partsOf, rangeOf, type Translate } from "./nodes.js";
import { switchOf } from "./switch.js";

type Rule = (node: SyntaxNode, js: Translate) => Statement[];

const functionStatement: Rule = (node, js) => [{ kind: "function", function: js.functionTree(node), range: rangeOf(node) }];
const classStatement: Rule = (node, js) => [{ kind: "class", class: js.classTree(node), range: rangeOf(node) }];

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["expression_statement", (node, js) => partsOf(node).flatMap((part) => effect(part, js))],
  ["lexical_declaration", (node, js) => declarators(node, js, true)],
  ["variable_declaration", (node, js) => declarators(node, js, false)],
  ["function_declaration", functionStatement],
  ["generator_function_declaration", functionStatement],
  ["class_declaration", classStatement],
  ["abstract_class_declaration", classStatement],
  ["enum_declaration", enumeration],
  ["if_statement", branch],
  ["for_statement", forOf],
  ["for_in_statement", forEachOf],
  ["while_statement", whileOf],
  ["do_statement", doOf],
  ["switch_statement", switchOf],
  ["statement_block", (node, js) => [{ kind: "block", body: js.statements(partsOf(node)), range: rangeOf(node) }]],
  ["labeled_statement", (node, js) => branchOf(fieldOf(node, "body"), js)],
  ["return_statement", (node, js) => [{ kind: "return", ...returned(node, js), range: rangeOf(node) }]],
  ["throw_statement", (node, js) => [{ kind: "raise", ...returned(node, js), range: rangeOf(node) }]],
  ["try_statement", attempt],
  ["break_statement", (node) => [{ kind: "break", range: rangeOf(node) }]],
  ["continue_statement", (node) => [{ kind: "continue", range: rangeOf(node) }]],
  ["import_statement", importsOf],
  ["export_statement", exportsOf],
]);

/** What a statement does: one or several statements, or none for types and the like. */
export function statementsOf(node: SyntaxNode, js: Translate): Statement[] {
  return RULES.get(node.type)?.(node, js) ?? [];
}

function returned(node: SyntaxNode, js: Translate): { readonly value?: Expression } {
  const part = partsOf(node)[0];
  return part ? { value: js.expression(part) } : {};
}

/** An expression for what it does. */
function effect(node: SyntaxNode, js: Translate): Statement[] {
  const range = rangeOf(node);
  switch (node.type) {
    case "assignment_expression":
      return [assignStatement(node, js)];
    case "update_expression":
      return [updateStatement(node, js)];
    case "sequence_expression":
      return partsOf(node).flatMap((part) => effect(part, js));
    case "yield_expression":
      return [{ kind: "yield", ...returned(node, js), range }];
    case "augmented_assignment_expression":
      return [augmentedStatement(node, js) ?? { kind: "expression", value: js.expression(node), range }];
    case "unary_expression":
      if (fieldOf(node, "operator")?.type === "delete") {
        return [{ kind: "delete", targets: [js.target(fieldOf(node, "argument") ?? node)], range }];
      }
      break;
    case "internal_module":
      return branchOf(fieldOf(node, "body"), js);
  }
  return [{ kind: "expression", value: js.expression(node), range }];
}

/** `let` and `const` declare where they stand; `var` has been declared at the start of the function, and assigns here. */
function declarators(node: SyntaxNode, js: Translate, declares: boolean): Statement[] {
  return partsOf(node).flatMap((part): Statement[] => {
    const name = fieldOf(part, "name");
    const value = fieldOf(part, "value");
    if (!name) return [];
    if (!declares) for (const each of namesIn(name)) js.hoist(each.text, rangeOf(each));
    if (!value && !declares) return [];
    const assigned = value && { value: named(js.expression(value), name) };
    return [{ kind: "assign", targets: [js.target(name)], ...assigned, ...(declares && { declares: true }), range: rangeOf(part) }];
  });
}

/** `const A = class {}` and `const f = () => {}` name what has no name of its own. */
function named(value: Expression, node: SyntaxNode): Expression {
  const name = node.type === "identifier" && { name: node.text, nameRange: rangeOf(node) };
  if (!name) return value;
  if (value.kind === "class" && value.class.name === "") return { ...value, class: { ...value.class, ...name } };
  if (value.kind === "function" && value.function.name === "") return { ...value, function: { ...value.function, ...name } };
  return value;
}

function namesIn(pattern: SyntaxNode): SyntaxNode[] {
  if (pattern.type === "identifier" || pattern.type === "shorthand_property_identifier_pattern") return [pattern];
  const bound = fieldOf(pattern, "left") ?? fieldOf(pattern, "value");
  return (bound ? [bound] : pattern.type.endsWith("_pattern") ? partsOf(pattern) : []).flatMap(namesIn);
}

/** enum Size { Small = 8, Large } is an object; members without a value count on. */
function enumeration(node: SyntaxNode, js: Translate): Statement[] {
  const name = fieldOf(node, "name");
  const body = fieldOf(node, "body");
  if (!name || !body) return [];
  let next = 0;
  const entries = partsOf(body).map((member) => {
    const key = fieldOf(member, "name") ?? member;
    const given = fieldOf(member, "value");
    const value: Expression = given ? js.expression(given) : { kind: "number", value: next, float: false, range: rangeOf(member) };
    if (value.kind === "number") next = value.value + 1;
    const text = key.type === "string" ? stringOf(key) : key.text;
    return { key: { kind: "string" as const, value: text, range: rangeOf(key) }, value };
  });
  const range = rangeOf(node);
  const value: Expression = { kind: "dictionary", entries, range };
  return [{ kind: "assign", targets: [js.target(name)], value, declares: true, range }];
}

function branch(node: SyntaxNode, js: Translate): Statement[] {
  const test = fieldOf(node, "condition");
  if (!test) return [];
  const then = branchOf(fieldOf(node, "consequence"), js);
  return [{ kind: "if", test: js.expression(test), then, otherwise: branchOf(fieldOf(node, "alternative"), js), range: rangeOf(node) }];
}

function attempt(node: SyntaxNode, js: Translate): Statement[] {
  const handler = fieldOf(node, "handler");
  const finalizer = fieldOf(node, "finalizer");
  return [
    {
      kind: "try",
      body: branchOf(fieldOf(node, "body"), js),
      handlers: handler ? [{ body: branchOf(fieldOf(handler, "body"), js) }] : [],
      otherwise: [],
      finally: finalizer ? branchOf(fieldOf(finalizer, "body"), js) : [],
      range: rangeOf(node),
    },
  ];
}
