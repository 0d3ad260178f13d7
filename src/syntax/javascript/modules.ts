import type { TextRange } from "../../base/text.js";
import type { SyntaxNode } from "../node.js";
import type { Expression, Statement } from "../tree.js";
import { EXPORTS_OF } from "./commonJs.js";
import { stringOf } from "./literals.js";
import { fieldOf, hasToken, nativeCall, partsOf, rangeOf, type Translate } from "./nodes.js";

type Import = Extract<Statement, { kind: "import" }>;

function imported(module: string, range: TextRange, what: Omit<Import, "kind" | "module" | "level" | "range">): Import {
  return { kind: "import", module, level: 0, ...what, range };
}

/** import a, { b as c } from "m"; import * as m from "m"; import fs = require("fs"). Types alone import nothing. */
export function importsOf(node: SyntaxNode): Statement[] {
  const range = rangeOf(node);
  const source = fieldOf(node, "source");
  if (hasToken(node, "type")) return [];
  const clause = partsOf(node).find(({ type }) => type === "import_clause" || type === "import_require_clause");
  const from = source ?? (clause && fieldOf(clause, "source"));
  if (!from) return [];
  const module = stringOf(from);
  if (!clause) return [imported(module, range, { names: [] })];
  const names: { name: string; as: string }[] = [];
  const statements: Statement[] = [];
  for (const part of partsOf(clause)) {
    const alias = part.type === "identifier" ? part : partsOf(part)[0];
    if (part.type === "named_imports") names.push(...partsOf(part).flatMap(specifier));
    else if (part.type === "namespace_import" || clause.type === "import_require_clause") {
      if (alias && part !== from) statements.push(imported(module, range, { as: alias.text }));
    } else if (part.type === "identifier") names.push({ name: "default", as: part.text });
  }
  if (names.length > 0) statements.push(imported(module, range, { names }));
  return statements;
}

function specifier(node: SyntaxNode): { name: string; as: string }[] {
  const name = fieldOf(node, "name");
  if (!name || hasToken(node, "type")) return [];
  return [{ name: plain(name), as: plain(fieldOf(node, "alias") ?? name) }];
}

const plain = (node: SyntaxNode): string => (node.type === "string" ? stringOf(node) : node.text);

/** What a module exports are the names of its scope, `default` among them. */
export function exportsOf(node: SyntaxNode, js: Translate): Statement[] {
  const range = rangeOf(node);
  const isDefault = hasToken(node, "default");
  const declaration = fieldOf(node, "declaration");
  if (declaration) {
    const [statement, ...more] = js.statements([declaration]);
    if (!statement) return [];
    return [{ kind: "export", statement, ...(isDefault && { isDefault }), range }, ...more];
  }
  const value = fieldOf(node, "value") ?? (hasToken(node, "=") ? partsOf(node)[0] : undefined);
  if (value)
    return [
      { kind: "export", statement: { kind: "expression", value: js.expression(value), range: rangeOf(value) }, isDefault: true, range },
    ];
  const clause = partsOf(node).find(({ type }) => type === "export_clause");
  const names = clause ? partsOf(clause).flatMap(specifier) : [];
  const source = fieldOf(node, "source");
  if (!source) return names.filter(({ name, as }) => name !== as).map(({ name, as }) => renamed(name, as, range));
  const namespace = partsOf(node).find(({ type }) => type === "namespace_export");
  if (clause) return [imported(stringOf(source), range, { names })];
  const alias = namespace && partsOf(namespace)[0];
  return [imported(stringOf(source), range, alias ? { as: plain(alias) } : { all: true })];
}

function renamed(name: string, as: string, range: TextRange): Statement {
  const value: Expression = { kind: "name", name, range };
  if (as === "default") return { kind: "export", statement: { kind: "expression", value, range }, isDefault: true, range };
  return { kind: "assign", targets: [{ kind: "name", name: as, range }], value, declares: true, range };
}

/** require("m") and import("m"); undefined where the callee is neither or the name is computed. */
export function requiredModule(callee: SyntaxNode, args: readonly SyntaxNode[]): Expression | undefined {
  const dynamic = callee.type === "import";
  const [source] = args;
  if (!(dynamic || (callee.type === "identifier" && callee.text === "require")) || source?.type !== "string") return undefined;
  const range = { start: callee.startIndex, end: source.endIndex };
  const module = stringOf(source);
  const as = `module ${module}`;
  const value: Expression = { kind: "name", name: as, range };
  const asked: Expression = dynamic ? value : nativeCall(EXPORTS_OF, [value], range);
  return { kind: "block", body: [imported(module, range, { as }), { kind: "return", value: asked, range }], range };
}
