/** Files that `using A.B` or include("layers.jl") may mean, seen from a file. */
export function modulePaths(module: string, _level: number, from: string): readonly string[] {
  const folder = from.split("/").slice(0, -1);
  if (module.endsWith(".jl")) return [normal([...folder, ...module.split("/")])];
  const name = module.split(".").at(-1) ?? module;
  return [normal([...folder, `${name}.jl`]), normal([...folder, "src", `${name}.jl`]), normal([...folder, name, `${name}.jl`])];
}

function normal(parts: readonly string[]): string {
  const path: string[] = [];
  for (const part of parts) {
    if (part === "..") path.pop();
    else if (part !== "." && part !== "") path.push(part);
  }
  return path.join("/");
}
