import type { FunctionTree, Parameter } from "../syntax/tree.js";

/** Parameters that every call must give something, `self` among them. */
export function neededParameters({ parameters }: FunctionTree): readonly Parameter[] {
  return parameters.filter(({ kind, fallback }) => kind === "normal" && !fallback);
}
