const EXTENSIONS = [".js", ".ts", ".mjs", ".cjs", ".tsx", ".jsx", ".mts", ".cts"];

/** Files that `./model`, `../lib/` or `./model.js` may mean; none for packages and for what is outside the workspace. */
export function modulePaths(module: string, from: string): string[] {
  if (!/^\.{1,2}(\/|$)/.test(module)) return [];
  const path = resolved(from.split("/").slice(0, -1), module.split("/"));
  if (path === undefined) return [];
  const [, stem = path, extension] = /^(.*)(\.[mc]?[jt]sx?)$/.exec(path) ?? [];
  // TypeScript says "./model.js" of model.ts.
  const exact = extension ? [path, ...(extension.includes("j") ? [stem + extension.replace("j", "t")] : [])] : [];
  const below = path === "" ? "index" : `${path}/index`;
  return [...exact, ...(path === "" ? [] : EXTENSIONS.map((each) => path + each)), ...EXTENSIONS.map((each) => below + each)];
}

/** Undefined where it leads out of the workspace. */
function resolved(folder: readonly string[], parts: readonly string[]): string | undefined {
  const path = [...folder];
  for (const part of parts) {
    if (part === "..") {
      if (path.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") path.push(part);
  }
  return path.join("/");
}
