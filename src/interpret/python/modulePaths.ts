/** The files an import may mean: from the folder of the file that imports, then from its packages' folders up to the workspace's. */
export function modulePaths(module: string, level: number, from: string): readonly string[] {
  const folders = from.split("/").slice(0, -1);
  const names = module === "" ? [] : module.split(".");
  const within = (base: readonly string[]) => {
    const path = [...base, ...names].join("/");
    return names.length === 0 ? [`${path}/__init__.py`.replace(/^\//, "")] : [`${path}.py`, `${path}/__init__.py`];
  };
  if (level > 0) return level - 1 > folders.length ? [] : within(folders.slice(0, folders.length - (level - 1)));
  return folders
    .map((_, at) => folders.slice(0, folders.length - at))
    .concat([[]])
    .flatMap(within);
}
