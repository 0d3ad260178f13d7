import type { SyntaxNode } from "../node.js";
import type { Expression, Statement } from "../tree.js";
import { assignment, augmented } from "./assignments.js";
import { futureImports, imports, importsFrom } from "./imports.js";
import { matchStatement } from "./match.js";
import { fieldOf, fieldsOf, part, partsOf, rangeOf, type Translate } from "./nodes.js";
import { tryStatement, withStatement } from "./protected.js";

type Translation = (node: SyntaxNode, translate: Translate) => readonly Statement[];

/** By the node's type. What isn't listed does nothing. */
const STATEMENTS: Readonly<Record<string, Translation>> = {
  expression_statement: (node, translate) => partsOf(node).flatMap((child) => fromExpression(child, translate)),
  return_statement: (node, translate) => {
    const [value] = partsOf(node);
    return [{ kind: "return", ...(value && { value: translate.expression(value) }), range: rangeOf(node) }];
  },
  if_statement: (node, translate) => [conditional(node, fieldsOf(node, "alternative"), translate)],
  for_statement: forStatement,
  while_statement: (node, translate) => [
    {
      kind: "while",
      test: part(node, "condition", translate),
      body: blockOf(node, "body", translate),
      otherwise: otherwise(node, translate),
      range: rangeOf(node),
    },
  ],
  function_definition: (node, translate) => [{ kind: "function", function: translate.functionTree(node, []), range: rangeOf(node) }],
  class_definition: (node, translate) => [{ kind: "class", class: translate.classTree(node, []), range: rangeOf(node) }],
  decorated_definition: decorated,
  import_statement: imports,
  import_from_statement: importsFrom,
  future_import_statement: futureImports,
  try_statement: tryStatement,
  with_statement: withStatement,
  match_statement: matchStatement,
  raise_statement: (node, translate) => {
    const [value] = partsOf(node);
    return [{ kind: "raise", ...(value && { value: translate.expression(value) }), range: rangeOf(node) }];
  },
  assert_statement: (node, translate) => {
    const [test] = partsOf(node);
    return test ? [{ kind: "assert", test: translate.expression(test), range: rangeOf(node) }] : [];
  },
  delete_statement: (node, translate) => {
    const targets = partsOf(node).flatMap((child) => (child.type === "expression_list" ? partsOf(child) : [child]));
    return [{ kind: "delete", targets: targets.map((child) => translate.target(child)), range: rangeOf(node) }];
  },
  global_statement: (node) => [names(node, true)],
  nonlocal_statement: (node) => [names(node, false)],
  pass_statement: (node) => [{ kind: "pass", range: rangeOf(node) }],
  break_statement: (node) => [{ kind: "break", range: rangeOf(node) }],
  continue_statement: (node) => [{ kind: "continue", range: rangeOf(node) }],
  block: (node, translate) => translate.statements(node.children),
};

/** What stands inside of broken text is read where it is a statement of its own. */
export function statementsOf(node: SyntaxNode, translate: Translate): readonly Statement[] {
  if (node.isError) return node.children.flatMap((child) => STATEMENTS[child.type]?.(child, translate) ?? []);
  return STATEMENTS[node.type]?.(node, translate) ?? [];
}

export function blockOf(node: SyntaxNode, field: string, translate: Translate): Statement[] {
  return fieldsOf(node, field).flatMap((block) => translate.statements(block.children));
}

function fromExpression(node: SyntaxNode, translate: Translate): readonly Statement[] {
  if (node.type === "assignment") return [assignment(node, translate)];
  if (node.type === "augmented_assignment") return augmented(node, translate);
  if (node.type === "yield") return yielded(node, translate);
  return [{ kind: "expression", value: translate.expression(node), range: rangeOf(node) }];
}

/** `yield from it` is a loop that yields each. */
function yielded(node: SyntaxNode, translate: Translate): readonly Statement[] {
  translate.yields();
  const range = rangeOf(node);
  const [operand] = partsOf(node);
  const value: Expression | undefined = operand && translate.expression(operand);
  if (!value || !node.children.some(({ type }) => type === "from")) return [{ kind: "yield", ...(value && { value }), range }];
  const each = { kind: "name", name: "<yielded>", range } as const;
  return [{ kind: "for", target: each, iterable: value, body: [{ kind: "yield", value: each, range }], otherwise: [], range }];
}

function conditional(node: SyntaxNode, alternatives: readonly SyntaxNode[], translate: Translate): Statement {
  const [next, ...others] = alternatives;
  let rest: readonly Statement[] = [];
  if (next?.type === "elif_clause") rest = [conditional(next, others, translate)];
  else if (next) rest = blockOf(next, "body", translate);
  return {
    kind: "if",
    test: part(node, "condition", translate),
    then: blockOf(node, "consequence", translate),
    otherwise: rest,
    range: rangeOf(node),
  };
}

function forStatement(node: SyntaxNode, translate: Translate): readonly Statement[] {
  const left = fieldOf(node, "left");
  if (!left) return [];
  return [
    {
      kind: "for",
      target: translate.target(left),
      iterable: part(node, "right", translate),
      body: blockOf(node, "body", translate),
      otherwise: otherwise(node, translate),
      range: rangeOf(node),
    },
  ];
}

function otherwise(node: SyntaxNode, translate: Translate): Statement[] {
  return fieldsOf(node, "alternative").flatMap((clause) => blockOf(clause, "body", translate));
}

function decorated(node: SyntaxNode, translate: Translate): readonly Statement[] {
  const decorators = partsOf(node)
    .filter(({ type }) => type === "decorator")
    .flatMap((child) => partsOf(child).map((inner) => translate.expression(inner)));
  const definition = fieldOf(node, "definition");
  const range = rangeOf(node);
  if (definition?.type === "class_definition") return [{ kind: "class", class: translate.classTree(definition, decorators), range }];
  if (definition?.type === "function_definition") {
    return [{ kind: "function", function: translate.functionTree(definition, decorators), range }];
  }
  return [];
}

function names(node: SyntaxNode, global: boolean): Statement {
  return { kind: "nonlocal", names: partsOf(node).map(({ text }) => text), global, range: rangeOf(node) };
}
