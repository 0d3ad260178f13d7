import type { Fix, Problem, Severity } from "../../base/problem.js";
import type { TextRange } from "../../base/text.js";
import type { Issue } from "../../layers/arguments.js";
import { type JsonNode, locate } from "./tree.js";

/** Problems found while reading, in the order found. */
export class ProblemList {
  readonly #problems: Problem[] = [];

  get all(): readonly Problem[] {
    return this.#problems;
  }

  /** `message` without its full stop. */
  add(range: TextRange, code: string, message: string, fixes: readonly Fix[] = [], severity: Severity = "error"): void {
    const stop = /[.?]$/.test(message) ? "" : ".";
    this.#problems.push({ range, severity, code, message: message + stop, fixes });
  }

  /** Issues inside a node; `name` is whose they are. */
  addIssues(name: string, node: JsonNode, issues: readonly Issue[]): void {
    for (const { code, path, target, message, replacement } of issues) {
      const range = locate(node, path, target);
      const title = target === "key" ? `Use ${replacement}` : `Use ${[path.at(-1), replacement].join(" ")}`;
      const fixes = replacement === undefined ? [] : [{ title, edits: [{ range, text: JSON.stringify(replacement) }] }];
      const owner = code === "missing-argument" ? path : path.slice(0, -1);
      this.add(range, code, `${[name, ...owner].join(" ")}: ${message}`, fixes);
    }
  }
}
