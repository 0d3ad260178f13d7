import { ok, type Result } from "../../../base/result.js";
import { programError } from "../../../interpret/errors.js";
import type { Inside, Outcome } from "../../../interpret/trace.js";
import {
  type Arguments,
  type Call,
  type FunctionValue,
  type InstanceValue,
  list,
  NONE,
  type TensorValue,
  unknown,
  type Value,
} from "../../../interpret/values.js";
import type { LayerProblem } from "../../../layers/kind.js";
import { applyKerasLayer } from "../layers/apply.js";
import { asLayer } from "../layers/data.js";
import type { InputShapes } from "../layers/layer.js";
import { kerasLayer } from "../layers/table.js";
import { programMember } from "./classTools.js";
import { shapeValue, toDatum } from "./datum.js";
import { addNode, runGraph } from "./graph.js";
import { NOTHING_KNOWN, recordLayer, reportLayer } from "./record.js";
import { FunctionalState, LayerState, layerState, SequentialState, type State, sublayers } from "./state.js";
import { isSymbolic, KerasTensor, tensorsIn } from "./tensors.js";

/** Applies a layer or model as `layer(x)` does. Applied to symbolic tensors it becomes part of their graph. */
export function callLayer(self: InstanceValue, args: Arguments, call: Call): Value {
  const state = layerState(self);
  if (!state) return unknown(`${self.class.name} is called before its constructor ran`);
  const positional = args.positional.length > 0 ? args.positional : [args.named.get("inputs") ?? args.named.get("x") ?? NONE];
  const complete = { ...args, positional };
  const result = run(self, state, complete, call);
  const named = [...args.named.values()];
  if (isSymbolic([...positional, ...named])) {
    addNode({
      layer: self,
      inputs: [...positional, ...named],
      result,
      isWhole: programMember(self.class, "call") !== undefined,
      run: (inputs, again) => {
        const names = [...args.named.keys()];
        const own = inputs.slice(0, positional.length);
        const others = new Map(names.map((name, i) => [name, inputs[positional.length + i] ?? NONE]));
        return callLayer(self, { positional: own, named: others, incomplete: args.incomplete }, again);
      },
    });
  }
  return result;
}

function run(self: InstanceValue, state: State, args: Arguments, call: Call): Value {
  const [first = NONE] = args.positional;
  if (programMember(self.class, "call")) return runProgram(self, state, args, call);
  if (state instanceof SequentialState) return state.layers.reduce((value: Value, layer) => step(layer, value, call), first);
  if (state instanceof FunctionalState) {
    const given = first.kind === "list" || first.kind === "tuple" ? first.items : args.positional;
    return runGraph(state.inputs, state.outputs, inOrder(state, first) ?? given, call);
  }
  if (!(state instanceof LayerState)) return unknown(`${self.class.name} has no call`);
  return runOwn(self, state, args, call);
}

/** Inputs given by name. */
function inOrder({ inputs }: FunctionalState, given: Value): readonly Value[] | undefined {
  if (given.kind !== "dictionary") return undefined;
  const values = new Map([...given.entries.values()].map(({ key, value }) => [key.kind === "string" ? key.value : "", value]));
  if (inputs.kind === "dictionary") {
    return [...inputs.entries.values()].map(
      ({ key }) => values.get(key.kind === "string" ? key.value : "") ?? unknown("an input is missing"),
    );
  }
  return [...values.values()];
}

function step(layer: Value, value: Value, call: Call): Value {
  if (layer.kind === "tensor") return value;
  return call.interpreter.call(layer, [value], call.place);
}

/** A layer of Keras itself. */
function runOwn(self: InstanceValue, state: LayerState, args: Arguments, call: Call): Value {
  const [first = NONE] = args.positional;
  if (state.className === "Lambda") return runLambda(self, state, first, call);
  if (state.className === "TimeDistributed" && asLayer(toDatum(state.inner ?? NONE)) === undefined)
    return runEachStep(self, state, first, call);
  if (state.className === "InputLayer") return first;
  const all = first.kind === "tensor" ? [...args.positional, ...attended(args)] : [first];
  const missing =
    isMerge(state) && (first.kind === "list" || first.kind === "tuple") ? first.items.find((item) => item.kind !== "tensor") : undefined;
  if (missing && missing.kind !== "unknown") {
    throw programError("not-a-tensor", `${state.className} needs a list of tensors, but gets something else among them`, call.place);
  }
  const inputs = tensorsIn(all);
  const [head, ...rest] = inputs;
  if (!head) return unknown(`${state.className} of something that is not known`);
  const shapes: InputShapes = [head.shape, ...rest.map(({ shape }) => shape)];
  const inferred = infer(state, shapes);
  if (!inferred.ok) reportLayer(state, inferred.error, call);
  const outcome = inferred.ok ? inferred.value : { ...NOTHING_KNOWN, outputs: [undefined] };
  const symbolic = isSymbolic(all);
  const results = outcome.outputs.map((shape): TensorValue => ({ kind: "tensor", tensor: new KerasTensor(shape, "float32", symbolic) }));
  recordLayer(self, state, { inputs, results: results.map(({ tensor }) => tensor), outcome }, call);
  const [only, ...more] = results;
  return only && more.length === 0 ? only : list(results);
}

const isMerge = ({ className }: LayerState) => /^(Add|Subtract|Multiply|Average|Maximum|Minimum|Concatenate|Dot)$/.test(className);

/** Further inputs that layers take by name: the value and key of attention. */
function attended({ named }: Arguments): Value[] {
  return ["value", "key"].flatMap((name) => named.get(name) ?? []);
}

function infer(state: LayerState, shapes: InputShapes): Result<Outcome, LayerProblem> {
  const row = state.row ?? kerasLayer(state.className);
  const unknownOutcome: Outcome = { ...NOTHING_KNOWN, outputs: [undefined] };
  if (!row) return ok(unknownOutcome);
  const inferred = applyKerasLayer(row, state.data, shapes);
  // What seems to be missing may be among arguments that are not known.
  return !inferred.ok && state.incomplete ? ok(unknownOutcome) : inferred;
}

/** Calls the function, and counts what it applies as one layer. Where it says nothing, output_shape does. */
function runLambda(self: InstanceValue, state: LayerState, input: Value, call: Call): Value {
  const inputs = tensorsIn([input]);
  const { answer, inside } = folded(call, () =>
    state.inner ? call.interpreter.call(state.inner, [input], call.place) : unknown("what Lambda calls is not known"),
  );
  const inferred = infer(state, [inputs[0]?.shape, ...inputs.slice(1).map(({ shape }) => shape)]);
  const said = inferred.ok ? inferred.value.outputs : [undefined];
  const found = tensorsIn([answer]);
  const isPlain = found.length > 0 || answer.kind === "unknown" || answer.kind === "number";
  if (!isPlain) return answer;
  const shapes = found.length > 0 ? found.map(({ shape }, i) => shape ?? said[i]) : answer.kind === "number" ? [[]] : said;
  const symbolic = isSymbolic([input]);
  const results = shapes.map((shape) => new KerasTensor(shape, "float32", symbolic));
  recordLayer(self, state, { inputs, results, outcome: { ...NOTHING_KNOWN, multiplyAdds: 0 }, inside }, call);
  const values = results.map((tensor): TensorValue => ({ kind: "tensor", tensor }));
  return values.length === 1 && answer.kind !== "list" && answer.kind !== "tuple" ? (values[0] ?? answer) : list(values);
}

/** TimeDistributed around a model: what the model makes of one step, for each step. */
function runEachStep(self: InstanceValue, state: LayerState, input: Value, call: Call): Value {
  const [whole] = tensorsIn([input]);
  const { inner } = state;
  if (!whole || !inner) return unknown("what TimeDistributed repeats is not known");
  const [batch, steps, ...rest] = whole.shape ?? [];
  const one: Value = { kind: "tensor", tensor: new KerasTensor(whole.shape && [batch, ...rest], whole.dtype) };
  const [made] = tensorsIn([call.interpreter.call(inner, [one], call.place)]);
  const shape = made?.shape && [made.shape[0], steps, ...made.shape.slice(1)];
  const tensor = new KerasTensor(shape, "float32", isSymbolic([input]));
  recordLayer(self, state, { inputs: [whole], results: [tensor], outcome: { ...NOTHING_KNOWN, multiplyAdds: 0 } }, call);
  return { kind: "tensor", tensor };
}

/** Does something, and takes back what it recorded of functions and layers: they are inside the one that does it. */
function folded(call: Call, action: () => Value): { readonly answer: Value; readonly inside: Inside } {
  const { applications } = call.interpreter.trace;
  const before = applications.length;
  const answer = action();
  return { answer, inside: { applications: applications.splice(before), results: tensorsIn([answer]) } };
}

/** A layer or model that the program defines: its `build` once, then its `call`. One without layers inside is a leaf. */
function runProgram(self: InstanceValue, state: State, args: Arguments, call: Call): Value {
  const [first = NONE] = args.positional;
  if ((state instanceof LayerState || "built" in state) && !state.built) {
    state.built = true;
    const build = programMember(self.class, "build");
    if (build) call.interpreter.call({ kind: "method", self, function: build }, [shapesOf(first)], call.place);
  }
  const member = programMember(self.class, "call");
  if (!member) return unknown(`${self.class.name} has no call`);
  const method: Value = { kind: "method", self, function: member };
  const taken = { ...args, named: takenBy(member, args.named) };
  if (!(state instanceof LayerState) || sublayers(self).length > 0) return call.interpreter.apply(method, taken, call);
  const { answer, inside } = folded(call, () => call.interpreter.apply(method, taken, call));
  const inputs = tensorsIn([...args.positional, ...args.named.values()]);
  const results = tensorsIn([answer]);
  if (inputs.length === 0 || results.length === 0) return answer;
  const fresh = results.map(({ shape, dtype }) => new KerasTensor(shape, dtype, isSymbolic(args.positional)));
  recordLayer(self, state, { inputs, results: fresh, outcome: { ...NOTHING_KNOWN, parameters: state.weights }, inside }, call);
  const [only, ...more] = fresh.map((tensor): TensorValue => ({ kind: "tensor", tensor }));
  return only && more.length === 0 && answer.kind === "tensor" ? only : list(only ? [only, ...more] : []);
}

/** What every layer may be given, though its `call` does not take it. */
const OPTIONAL = ["training", "mask"];

function takenBy({ tree: { parameters } }: FunctionValue, named: Arguments["named"]): Arguments["named"] {
  const dropped = OPTIONAL.filter((name) => named.has(name) && !parameters.some((each) => each.name === name || each.kind === "namedRest"));
  return dropped.length > 0 ? new Map([...named].filter(([name]) => !dropped.includes(name))) : named;
}

function shapesOf(input: Value): Value {
  if (input.kind === "tensor") return shapeValue(input.tensor.shape);
  return input.kind === "list" || input.kind === "tuple" ? list(input.items.map(shapesOf)) : unknown("the shape of the input is not known");
}
