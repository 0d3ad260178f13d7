import type { ModelGraph } from "../../src/protocol/modelPanel.js";

export type Severity = ModelGraph["problems"][number]["severity"];

const ORDER: readonly Severity[] = ["hint", "warning", "error"];

/** The worst problem of each node that has one. */
export function problemsByNode({ problems }: Pick<ModelGraph, "problems">): ReadonlyMap<number, Severity> {
  const worst = new Map<number, Severity>();
  for (const { node, severity } of problems) {
    if (node === null) continue;
    const known = worst.get(node);
    if (known === undefined || ORDER.indexOf(severity) > ORDER.indexOf(known)) worst.set(node, severity);
  }
  return worst;
}
