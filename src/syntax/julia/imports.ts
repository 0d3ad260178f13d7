import type { TextRange } from "../../base/text.js";
import type { SyntaxNode } from "../node.js";
import type { Statement } from "../tree.js";
import { partsOf, rangeOf } from "./nodes.js";

/** `using A, B.C` brings the modules' names and what they export; `import A` the names alone; `using A: a, b as c` just these. */
export function importsOf(node: SyntaxNode): Statement[] {
  const range = rangeOf(node);
  return partsOf(node).flatMap((part): Statement[] => {
    if (part.type === "selected_import") return [selected(part, range)];
    const [original = part, alias] = part.type === "import_alias" ? partsOf(part) : [part];
    const path = pathOf(original);
    const named: Statement = { kind: "import", module: path, level: 0, as: alias?.text ?? path.split(".").at(-1) ?? path, range };
    return node.type === "using_statement" ? [named, everything(path, range)] : [named];
  });
}

/** include("layers.jl"): the names of that file, as if they were defined here. */
export function includeOf(path: string, range: TextRange): Statement {
  return everything(path.endsWith(".jl") ? path : `${path}.jl`, range);
}

function everything(module: string, range: TextRange): Statement {
  return { kind: "import", module, level: 0, all: true, range };
}

function selected(node: SyntaxNode, range: TextRange): Statement {
  const [module, ...rest] = partsOf(node);
  const names = rest
    .filter(({ type }) => type !== "macro_identifier")
    .map((part) => {
      const [original = part, alias = original] = part.type === "import_alias" ? partsOf(part) : [part];
      return { name: original.text, as: alias.text };
    });
  return { kind: "import", module: module ? pathOf(module) : "", level: 0, names, range };
}

/** The name of a module. The dots of ..Utilities only say which package it is in, and a file rarely says that of itself. */
function pathOf(node: SyntaxNode): string {
  return node.text.replace(/^\.+/, "");
}

/**
 * A file that imports nothing is a part of a package, which includes it. It sees what the package imports; what that may be is best told by
 * what a package of models usually does. An expression alone is no file.
 */
export function packageImports(body: readonly Statement[], { start }: TextRange): Statement[] {
  if (body.some(({ kind }) => kind === "import") || body.every(({ kind }) => kind === "expression")) return [];
  const range = { start, end: start };
  return ["Flux", "Metalhead"].map((module) => everything(module, range));
}
