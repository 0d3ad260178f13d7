import { UserError } from "../base/userError.js";
import { parseInputs } from "../reading/inputComment.js";
import { readSaved } from "../saved/readSaved.js";
import { readShapes, readText } from "./networkFile.js";
import { networkToJson, networkToText } from "./networkShapes.js";
import { readingToJson, readingToText } from "./readingShapes.js";
import { isSource, sourceShapes } from "./sourceShapes.js";

export interface ShapesOptions {
  readonly target?: string;
  readonly input?: string;
  readonly json?: true;
}

/** `cnn shapes FILE`: prints what is known, problems included; fails only where the file cannot be read. */
export async function shapes(file: string, options: ShapesOptions): Promise<undefined> {
  const print = (json: () => unknown, text: () => string): undefined => {
    console.log(options.json ? JSON.stringify(json()) : text());
  };
  if (isSource(file)) {
    const { reading, lineOf } = await sourceShapes(await readText(file), file, options.target, options.input);
    return print(
      () => readingToJson(reading, lineOf),
      () => readingToText(reading, lineOf),
    );
  }
  const saved = await readSaved(file, options.input === undefined ? undefined : parseInputs(options.input));
  if (saved !== undefined) {
    if (options.target !== undefined) throw new UserError(`${file} holds one model: --target is for source code that holds several.`);
    return print(
      () => readingToJson(saved, () => 1),
      () => readingToText(saved),
    );
  }
  if (options.target !== undefined) throw new UserError(`${file} holds one network: --target is for source code that holds several.`);
  const read = readShapes(await readText(file), file, options.input === undefined ? undefined : parseShape(options.input));
  return print(
    () => networkToJson(read),
    () => networkToText(read),
  );
}

function parseShape(text: string): readonly number[] {
  const [shape, ...others] = parseInputs(text) ?? [];
  const sizes = shape?.filter((size) => size !== undefined);
  if (!sizes || others.length > 0) throw new UserError(`--input ${text} is no shape; write sizes with x between, such as 28x28x1.`);
  return sizes;
}
