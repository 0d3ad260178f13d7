import { readFile } from "node:fs/promises";
import { UserError } from "../base/userError.js";
import { writeAtomically } from "./atomicFile.js";
import { runFiles } from "./runFolder.js";
import { decodeTensors, encodeTensors, type Tensors } from "./tensorFile.js";

/** Keeps the weights of a saved model that a run begins with: its folder is enough to begin it again. Throws UserError. */
export async function writeStart(folder: string, weights: Tensors): Promise<void> {
  await writeAtomically(runFiles(folder).start, encodeTensors({ meta: {}, tensors: weights }));
}

/** The weights a run began with. Throws UserError where they cannot be read. */
export async function readStart(folder: string): Promise<Tensors> {
  const file = runFiles(folder).start;
  const bytes = await readFile(file).catch(() => undefined);
  const tensors = bytes && decodeTensors(bytes)?.tensors;
  if (tensors === undefined) throw new UserError(`${file}, the weights that the run began with, is missing or damaged. Train anew.`);
  return tensors;
}
