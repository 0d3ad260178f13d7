import type { TextRange } from "../../base/text.js";
import type { SyntaxNode } from "../node.js";
import type { Expression, Statement } from "../tree.js";

/** The function that `require` asks for what a module exports; no program can define such a name. */
export const EXPORTS_OF = "module.exports of";

/**
 * A file that speaks of `module.exports` or `exports` has both from its start, and what they hold at its end is its default export, for
 * those who import it as an ES module.
 */
export function withCommonJs(root: SyntaxNode, body: readonly Statement[]): Statement[] {
  const at = /\b(?:module\s*\.\s*)?exports\b\s*[.=[]/.exec(root.text)?.index;
  if (at === undefined || /^export\s/m.test(root.text)) return [...body];
  const range = { start: root.startIndex, end: root.startIndex };
  const moduleExports: Expression = { kind: "attribute", object: name("module", range), name: "exports", range };
  return [
    declare("exports", { kind: "dictionary", entries: [], range }, range),
    declare(
      "module",
      { kind: "dictionary", entries: [{ key: { kind: "string", value: "exports", range }, value: name("exports", range) }], range },
      range,
    ),
    ...body,
    { kind: "export", statement: { kind: "expression", value: moduleExports, range }, isDefault: true, range },
  ];
}

const name = (text: string, range: TextRange): Expression => ({ kind: "name", name: text, range });

function declare(to: string, value: Expression, range: TextRange): Statement {
  return { kind: "assign", targets: [{ kind: "name", name: to, range }], value, declares: true, range };
}
