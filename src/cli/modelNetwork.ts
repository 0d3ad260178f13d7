import path from "node:path";
import { UserError } from "../base/userError.js";
import { compileNetwork } from "../compile/compile.js";
import { readStartingValues } from "../saved/startingValues.js";
import { readSound } from "./networkFile.js";
import type { AnsweringNetwork } from "./storedNetwork.js";
import { type ModelOptions, readTrainable } from "./trainable.js";

/** A saved model, or source code with a state dict, as a network that answers from those weights. Throws UserError. */
export async function readModelNetwork(file: string, options: ModelOptions): Promise<AnsweringNetwork> {
  const { source, start } = await readTrainable(file, options);
  if (!start) throw new UserError(`${file} has no weights to answer from; train it, or name a state dict with --weights.`);
  const { network, shapes } = readSound(source, path.basename(file));
  const [height, width, channels] = network.input?.shape ?? [];
  const [units = 1, ...others] = shapes.output ?? [];
  if (height === undefined || width === undefined || channels === undefined || others.length > 0)
    throw new UserError(`${file} does not tell classes of pictures: it answers ${shapes.output?.join("x") ?? "nothing that is known"}.`);
  if (channels !== 1 && channels !== 3) throw new UserError(`${file} takes ${channels} channels; pictures have 1 (gray) or 3.`);
  const inputShape = [height, width, channels] as const;
  const classes = Array.from({ length: units }, (_, i) => String(i));
  // A single output is one of two classes, which only some losses can be trained for; the loss says nothing of the answer.
  const training = units === 1 ? { ...network.training, loss: "binaryCrossentropy" as const } : network.training;
  const compiled = compileNetwork({ ...network, training }, shapes, { inputShape, classes: Math.max(2, units) });
  const learnt = compiled.program.variables.filter(({ role }) => role !== "slot");
  const variables = await readStartingValues(start, learnt);
  const lacking = learnt.find(({ name }) => !variables.has(name));
  if (lacking) throw new UserError(`${file} has no weights for ${lacking.name}.`);
  return { inputShape, classes, compiled, variables };
}
