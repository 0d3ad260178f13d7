import type { CompiledNetwork } from "../compile/types.js";
import type { Executor } from "../engine/executor.js";
import { elementCount } from "../program/shapes.js";
import type { Tensors } from "../runs/tensorFile.js";

/** Reads all variables, or weights and statistics alone: what a snapshot holds. */
export function readVariables(executor: Executor, { program }: CompiledNetwork, which: "all" | "weights" = "all"): Tensors {
  const names = program.variables.filter(({ role }) => which === "all" || role !== "slot").map(({ name }) => name);
  const values = executor.read(names);
  return new Map(names.map((name, i) => [name, values[i] ?? new Float32Array(0)]));
}

/** Whether stored tensors are variables of this program, all of one role or more. */
export function fits(tensors: Tensors, { program }: CompiledNetwork): boolean {
  return program.variables.every(({ name, shape }) => tensors.get(name)?.length === elementCount(shape));
}
