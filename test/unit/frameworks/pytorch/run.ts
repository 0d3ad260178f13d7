import { pytorch } from "../../../../src/frameworks/pytorch/pytorch.js";
import { Interpreter } from "../../../../src/interpret/interpreter.js";
import { PYTHON_LIBRARY } from "../../../../src/interpret/python/library.js";
import { PYTHON } from "../../../../src/interpret/python/semantics.js";
import type { TensorShape } from "../../../../src/interpret/tensor.js";
import { Trace } from "../../../../src/interpret/trace.js";
import { unknown, type Value } from "../../../../src/interpret/values.js";
import { pythonModule } from "../../../../src/syntax/python/module.js";
import { packagedGrammars } from "../../../fixtures/grammars.js";
import { PATIENT } from "../../../fixtures/patient.js";

const grammars = packagedGrammars();

/** To be awaited before all tests. */
export const loadPython = () => grammars.load("python");

const HEADER = "import torch, torchvision\nimport torch.nn as nn\nimport torch.nn.functional as F\n";

/** What a model or an expression of a program came to. */
export interface Ran {
  readonly value: Value;
  readonly trace: Trace;
  /** What ended it early, and all problems on the way, as people read them. */
  readonly messages: readonly string[];
}

/** Runs a program; `result` is then applied to inputs of these shapes (without the batch), where there are any. */
export function run(program: string, ...inputs: readonly TensorShape[]): Ran {
  const parse = (_file: string, text: string) => pythonModule(grammars.parse("python", text));
  const interpreter = new Interpreter({ semantics: PYTHON, libraries: [pytorch.library, PYTHON_LIBRARY], parse, limits: PATIENT });
  const trace = new Trace();
  const { globals, failures } = interpreter.tracing(trace, () => interpreter.run("model.py", parse("model.py", `${HEADER}${program}`)));
  let value = globals.find("result") ?? unknown("there is no result");
  const ended = failures.map(({ message }) => message);
  if (inputs.length > 0) {
    const applied = interpreter.tracing(trace, () =>
      interpreter.attempt(() => pytorch.apply(value, inputs.map(pytorch.input), interpreter, { file: "", range: { start: 0, end: 0 } })),
    );
    if (applied.ok) value = applied.value;
    else ended.push(applied.error.message);
  }
  return { value, trace, messages: [...trace.problems.map(({ message }) => message), ...ended] };
}

/** Shapes in a value, as text: "1x10", several with commas between; "?" for what is not known. */
export function shapes(value: Value): string {
  if (value.kind === "tensor") return value.tensor.shape ? value.tensor.shape.map((size) => size ?? "?").join("x") || "scalar" : "?";
  if (value.kind === "tuple" || value.kind === "list") return value.items.map(shapes).join(",");
  return value.kind === "unknown" ? `unknown: ${value.why}` : value.kind;
}
