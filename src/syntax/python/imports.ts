import type { SyntaxNode } from "../node.js";
import type { Statement } from "../tree.js";
import { fieldOf, fieldsOf, rangeOf } from "./nodes.js";

/** import a.b as c, d */
export function imports(node: SyntaxNode): Statement[] {
  return fieldsOf(node, "name").map((child) => {
    const alias = fieldOf(child, "alias")?.text;
    return { kind: "import", module: nameIn(child), level: 0, ...(alias !== undefined && { as: alias }), range: rangeOf(node) };
  });
}

/** from ..a.b import c as d, e */
export function importsFrom(node: SyntaxNode): Statement[] {
  const from = fieldOf(node, "module_name");
  const written = from?.text.replace(/\s/g, "") ?? "";
  const module = written.replace(/^\.+/, "");
  const level = written.length - module.length;
  const range = rangeOf(node);
  if (node.children.some(({ type }) => type === "wildcard_import")) return [{ kind: "import", module, level, names: [], all: true, range }];
  const names = fieldsOf(node, "name").map((child) => {
    const name = nameIn(child);
    return { name, as: fieldOf(child, "alias")?.text ?? name };
  });
  return [{ kind: "import", module, level, names, range }];
}

export function futureImports(): Statement[] {
  return [];
}

function nameIn(node: SyntaxNode): string {
  return (fieldOf(node, "name") ?? node).text.replace(/\s/g, "");
}
