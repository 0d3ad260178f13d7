import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "../base/problem.js";
import { LineIndex } from "../base/text.js";
import { UserError } from "../base/userError.js";
import type { Network } from "../model/network.js";
import { readNetwork } from "../model/read.js";
import { inferShapes } from "../shape/infer.js";
import type { NetworkShapes } from "../shape/types.js";

/** A network with what inference says of it, right or wrong. */
export interface ReadShapes {
  readonly network: Network;
  readonly shapes: NetworkShapes;
  readonly problems: readonly Problem[];
  /** Line of an offset, from 1. */
  lineOf(offset: number): number;
}

/** Throws UserError where the file cannot be read at all. */
export async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} cannot be read (${error.code === "ENOENT" ? "there is no such file" : (error.code ?? error.message)}).`);
  });
}

/** Reads a network's text; `input` replaces the shape the file says. */
export function readShapes(text: string, file: string, input?: readonly number[]): ReadShapes {
  const read = readNetwork(text, path.basename(file));
  const range = read.network.input?.range ?? { start: 0, end: 0 };
  const network = input === undefined ? read.network : { ...read.network, input: { shape: input, range } };
  const shapes = inferShapes(network);
  const lines = new LineIndex(text);
  return { network, shapes, problems: [...read.problems, ...shapes.problems], lineOf: (offset) => lines.position(offset).line + 1 };
}

/** Reads a network that must be right. Throws a UserError naming the first error's line. */
export function readSound(text: string, file: string): ReadShapes {
  const read = readShapes(text, file);
  const first = read.problems.find(({ severity }) => severity === "error");
  if (first) throw new UserError(`${file}, line ${read.lineOf(first.range.start)}: ${first.message}`, "networkInvalid");
  return read;
}
