import { programError } from "../../../interpret/errors.js";
import type { Tensor } from "../../../interpret/tensor.js";
import type { Trace } from "../../../interpret/trace.js";
import type { Arguments, Call, InstanceValue, Value } from "../../../interpret/values.js";
import { tensorsIn } from "../core/record.js";
import { nameWeights } from "../core/weights.js";
import { collapse } from "./collapse.js";
import { entryBehind, runLayer } from "./layer.js";
import { childrenOf, namedModules, namedTensors } from "./moduleClass.js";

/** Names of the modules inside the one that is applied from outside; layers are told by these. */
const applied = new WeakMap<Trace, { readonly root: InstanceValue; names: Map<InstanceValue, string> }>();

/**
 * `module(...)`. One without modules inside is a leaf and recorded as one operation, whoever wrote it; of others `forward` is
 * interpreted.
 */
export function callModule(self: InstanceValue, args: Arguments, call: Call): Value {
  const { trace } = call.interpreter;
  if (applied.has(trace)) return callInside(self, args, call);
  // Batches of a data set, as in training loops: nothing is learnt from running the model on them.
  const [first] = args.positional;
  if (first?.kind === "unknown" && args.positional.every(({ kind }) => kind === "unknown")) return first;
  applied.set(trace, { root: self, names: namedModules(self) });
  nameWeights(trace, weightPaths(self));
  try {
    return callInside(self, args, call);
  } finally {
    applied.delete(trace);
  }
}

function callInside(self: InstanceValue, args: Arguments, call: Call): Value {
  const { interpreter, place } = call;
  const forward = interpreter.attribute(self, "forward");
  if (!forward) throw programError("NotImplementedError", `Module [${self.class.name}] is missing the required "forward" function`, place);
  const entry = entryBehind(forward);
  if (entry) return runLayer(self, entry, args, call, "layer", nameOf(self, interpreter.trace));
  if (childrenOf(self).length > 0) return interpreter.call(forward, args.positional, place, args.named);
  const before = interpreter.trace.applications.length;
  const result = interpreter.call(forward, args.positional, place, args.named);
  const inputs = tensorsIn([...args.positional, ...args.named.values()]);
  return inputs.length === 0 ? result : collapse({ module: self, name: nameOf(self, interpreter.trace), before, inputs, result, call });
}

/** Paths of a model's weights and statistics. Found out when a function is given one, which few programs do. */
function weightPaths(root: InstanceValue): (tensor: Tensor) => string | undefined {
  let paths: ReadonlyMap<Tensor, string> | undefined;
  return (tensor) => {
    paths ??= new Map(
      (["parameter", "buffer"] as const).flatMap((role) => [...namedTensors(root, role)].map(([path, value]) => [value.tensor, path])),
    );
    return paths.get(tensor);
  };
}

/** The path of a module; "" where it is not in a field of a module that is applied. */
function nameOf(module: InstanceValue, trace: Trace): string {
  const scope = applied.get(trace);
  if (!scope) return "";
  // Made since, by lazy code in `forward`.
  if (!scope.names.has(module)) scope.names = namedModules(scope.root);
  return scope.names.get(module) ?? "";
}
