import { cruise, type ICruiseResult } from "dependency-cruiser";
import layers from "./layers.cjs";

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** Holds the imports below `directory`'s src and webview against the table in layers.cjs. */
export async function violations(directory: string): Promise<Violation[]> {
  const { output } = await cruise(
    ["src", "webview"],
    {
      baseDir: directory,
      validate: true,
      ruleSet: { forbidden: layers.forbidden },
      doNotFollow: { path: "node_modules" },
      tsPreCompilationDeps: true,
    },
    {},
  );
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}
