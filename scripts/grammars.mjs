// Lays the grammars of the languages that are read beside the bundles: `dist/grammars`. They are WebAssembly, out of npm packages.
import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const NODE_MODULES = fileURLToPath(new URL("../node_modules", import.meta.url));

/** Files by the package that holds them. */
const GRAMMARS = {
  "web-tree-sitter": ["web-tree-sitter.wasm"],
  "tree-sitter-python": ["tree-sitter-python.wasm"],
  "tree-sitter-javascript": ["tree-sitter-javascript.wasm"],
  "tree-sitter-typescript": ["tree-sitter-typescript.wasm", "tree-sitter-tsx.wasm"],
  "tree-sitter-julia": ["tree-sitter-julia.wasm"],
};

/** @param {string} directory where the bundles go */
export function copyGrammars(directory) {
  const folder = path.join(directory, "grammars");
  mkdirSync(folder, { recursive: true });
  for (const [name, files] of Object.entries(GRAMMARS)) {
    for (const file of files) copyFileSync(path.join(NODE_MODULES, name, file), path.join(folder, file));
  }
}
