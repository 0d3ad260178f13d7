import path from "node:path";
import { LineIndex, type TextRange } from "../base/text.js";
import { UserError } from "../base/userError.js";
import { kindOfFile } from "../reading/files.js";
import { parseInputs } from "../reading/inputComment.js";
import { problemsOf } from "../reading/notes.js";
import type { ModelReading, SourceReading } from "../reading/types.js";
import { grammarsIn } from "../sources/grammars.js";
import { readNotebookSource } from "../sources/readNotebook.js";
import { readSource } from "../sources/readSource.js";

/** A model of a source file, and where its ranges are. */
export interface SourceShapes {
  readonly reading: ModelReading;
  /** The line of a range, from 1; in a notebook that of its cell. */
  lineOf(range: TextRange): number;
}

/** Nobody types while a command runs: it answers the same on a machine that is slow or busy. */
const PATIENCE = 25;

const NOTEBOOK = /\.ipynb$/i;

/** Whether a file is source code or a notebook, by its name. */
export function isSource(file: string): boolean {
  return NOTEBOOK.test(file) || kindOfFile(file) !== undefined;
}

/** Reads one model of a source file. Throws UserError where there is none to be read. */
export async function sourceShapes(text: string, file: string, target?: string, input?: string): Promise<SourceShapes> {
  const inputs = input === undefined ? undefined : parseInputs(input);
  if (input !== undefined && !inputs)
    throw new UserError(`--input ${input} is no shape; write one example's sizes with x between, such as 3x32x32.`);
  const absolute = path.resolve(file);
  const grammars = grammarsIn(__dirname);
  if (NOTEBOOK.test(file)) {
    const { source, lineOf } = await readNotebookSource(text, absolute, grammars, { patience: PATIENCE });
    return { reading: modelOf(source, file, target, inputs), lineOf };
  }
  const source = await readSource(text, absolute, grammars, { patience: PATIENCE });
  const lines = new LineIndex(text);
  return { reading: modelOf(source, file, target, inputs), lineOf: ({ start }) => lines.position(start).line + 1 };
}

function modelOf(
  source: SourceReading | undefined,
  file: string,
  target: string | undefined,
  inputs: ReturnType<typeof parseInputs>,
): ModelReading {
  if (!source) throw new UserError(`${file} uses no framework that is read here: PyTorch, Keras, TensorFlow.js or Flux.`);
  if (target === undefined && !source.firstTarget) {
    throw new UserError(`${file} makes no model by itself; name one with --target, such as --target "Net(10)".`);
  }
  const reading = source.read(target, inputs);
  return { ...reading, problems: problemsOf([{ problems: source.problems }, reading]) };
}
