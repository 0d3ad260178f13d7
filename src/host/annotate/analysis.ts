import type { Problem } from "../../base/problem.js";
import { cnnJsonFixes } from "../../model/cnnJson/fix.js";
import type { Network } from "../../model/network.js";
import { readNetwork } from "../../model/read.js";
import { inferShapes } from "../../shape/infer.js";
import type { NetworkShapes } from "../../shape/types.js";

/** What is known of a text: its network, its shapes, and everything wrong in either, errors first. */
export interface Analysis {
  readonly text: string;
  readonly network: Network;
  readonly shapes: NetworkShapes;
  readonly problems: readonly Problem[];
  /** The text is no JSON, as while it is being typed. */
  readonly broken: boolean;
}

export function analyze(text: string, fileName: string): Analysis {
  const { network, problems } = readNetwork(text, fileName);
  const shapes = inferShapes(network, cnnJsonFixes(text));
  const all = [...problems, ...shapes.problems];
  const errors = all.filter((problem) => problem.severity === "error");
  const others = all.filter((problem) => problem.severity !== "error");
  return { text, network, shapes, problems: [...errors, ...others], broken: problems.some((problem) => problem.code === "syntax") };
}
