import type { Interpreter } from "../interpret/interpreter.js";
import { neededParameters } from "../interpret/parameters.js";
import type { FunctionValue, Value } from "../interpret/values.js";

/** The file's own function that a model's inputs go to: PyTorch's `forward`, Keras' `call`. */
export function forwardOf(model: Value, interpreter: Interpreter): FunctionValue | undefined {
  for (const name of ["forward", "call"]) {
    const found = interpreter.attempt(() => interpreter.attribute(model, name));
    const method = found.ok ? found.value : undefined;
    if (method?.kind === "method" && method.function.kind === "function") return method.function;
  }
  return undefined;
}

/** What it calls the inputs that it must be given. */
export function inputNames({ tree }: FunctionValue): readonly string[] {
  return neededParameters(tree)
    .slice(1)
    .map(({ name }) => name);
}
