import { type FileRun, Interpreter, type InterpreterOptions } from "../../../src/interpret/interpreter.js";
import { PYTHON_LIBRARY } from "../../../src/interpret/python/library.js";
import { PYTHON } from "../../../src/interpret/python/semantics.js";
import { repr } from "../../../src/interpret/python/show.js";
import { Site } from "../../../src/interpret/site.js";
import type { Value } from "../../../src/interpret/values.js";
import { parsePython } from "../../../src/syntax/python/parse.js";
import type { Module } from "../../../src/syntax/tree.js";
import { packagedGrammars } from "../../fixtures/grammars.js";
import { PATIENT } from "../../fixtures/patient.js";

const grammars = packagedGrammars();

export async function treeOf(code: string): Promise<Module> {
  await grammars.load("python");
  return parsePython(grammars, code);
}

/** A program that has been read, and what read it. */
export interface ReadProgram extends FileRun {
  readonly interpreter: Interpreter;
  value(name: string): Value | undefined;
}

export async function readPython(code: string, options: Partial<InterpreterOptions> = {}): Promise<ReadProgram> {
  const tree = await treeOf(code);
  const parse = (_: string, text: string) => parsePython(grammars, text);
  const interpreter = new Interpreter({ semantics: PYTHON, libraries: [PYTHON_LIBRARY], parse, limits: PATIENT, ...options });
  const run = interpreter.run("main.py", tree);
  return { ...run, interpreter, value: (name) => run.globals.own.get(name) };
}

/** repr() of a variable after the program; why it is unknown, or the first failure, where it has no value. */
export async function shown(code: string, name: string): Promise<string | undefined> {
  const { failures, interpreter, value } = await readPython(code);
  const [failure] = failures;
  if (failure) return failure.message;
  const found = value(name);
  return found?.kind === "unknown" ? found.why : found && repr(found, new Site(interpreter, "", { start: 0, end: 0 }));
}
