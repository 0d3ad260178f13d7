import type { SyntaxNode } from "../node.js";
import type { Handler, Statement } from "../tree.js";
import { fieldOf, fieldsOf, partsOf, rangeOf, type Translate } from "./nodes.js";

export function tryStatement(node: SyntaxNode, translate: Translate): readonly Statement[] {
  const clause = (type: string) => partsOf(node).filter((child) => child.type === type);
  const blocks = (nodes: readonly SyntaxNode[]) => nodes.flatMap((child) => blockIn(child, translate));
  return [
    {
      kind: "try",
      body: fieldsOf(node, "body").flatMap((block) => translate.statements(block.children)),
      handlers: [...clause("except_clause"), ...clause("except_group_clause")].map((child) => handler(child, translate)),
      otherwise: blocks(clause("else_clause")),
      finally: blocks(clause("finally_clause")),
      range: rangeOf(node),
    },
  ];
}

/** The name of `except E as name` stands for an exception of which nothing is known. */
function handler(node: SyntaxNode, translate: Translate): Handler {
  const values = fieldsOf(node, "value");
  const alias = aliasIn(values[0]);
  const body = blockIn(node, translate);
  const caught = values
    .flatMap((value) => (aliasIn(value) ? (partsOf(value)[0] ?? []) : value))
    .map((value) => translate.expression(value));
  const catches = caught.length > 0 ? { catches: caught } : {};
  if (!alias) return { ...catches, body };
  const range = rangeOf(alias);
  const named: Statement = {
    kind: "assign",
    targets: [translate.target(alias)],
    value: { kind: "unknown", text: "the exception", range },
    range,
  };
  return { ...catches, body: [named, ...body] };
}

export function withStatement(node: SyntaxNode, translate: Translate): readonly Statement[] {
  const items = node.descendantsOfType("with_item").filter((item) => item.endIndex <= (fieldOf(node, "body")?.startIndex ?? node.endIndex));
  return [
    {
      kind: "with",
      items: items.flatMap((item) => {
        const value = fieldOf(item, "value") ?? partsOf(item)[0];
        if (!value) return [];
        const alias = aliasIn(value);
        const managed = alias ? (partsOf(value)[0] ?? value) : value;
        return [{ value: translate.expression(managed), ...(alias && { target: translate.target(alias) }) }];
      }),
      body: fieldsOf(node, "body").flatMap((block) => translate.statements(block.children)),
      range: rangeOf(node),
    },
  ];
}

function aliasIn(node: SyntaxNode | undefined): SyntaxNode | undefined {
  if (node?.type !== "as_pattern") return undefined;
  const target = fieldOf(node, "alias");
  return target && (partsOf(target)[0] ?? target);
}

function blockIn(node: SyntaxNode, translate: Translate): Statement[] {
  return partsOf(node)
    .filter(({ type }) => type === "block")
    .flatMap((block) => translate.statements(block.children));
}
