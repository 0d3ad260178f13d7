import type { Tensor, TensorShape } from "../../../interpret/tensor.js";
import {
  type Arguments,
  type Call,
  type InstanceValue,
  type InterpreterApi,
  integer,
  list,
  NONE,
  type Place,
  text,
  unknown,
  type Value,
} from "../../../interpret/values.js";
import { nameOf } from "../layers/automaticNames.js";
import { getters, libraryClass, methods, programMember } from "./classTools.js";
import { sizesOf } from "./datum.js";
import { firstNode, layersBetween, sourcesOf, standFor } from "./graph.js";
import { LAYER, makeLayer, shapesOf } from "./layerClasses.js";
import { callLayer } from "./run.js";
import { FunctionalState, LayerState, layerState, SequentialState, SubclassState, sublayers } from "./state.js";
import { KerasTensor, tensorsIn, tensorValue } from "./tensors.js";
import { compiled, fitted } from "./training.js";

const ended = new WeakMap<SequentialState, { readonly count: number; readonly inputs: Value; readonly outputs: Value }>();

/** What goes in and out of a model, as symbolic tensors. */
function ends(self: InstanceValue, call: Call): { readonly inputs: Value; readonly outputs: Value } {
  const state = layerState(self);
  const missing = unknown("the model has not been called");
  if (state instanceof FunctionalState) return state;
  if (!(state instanceof SequentialState)) return { inputs: missing, outputs: missing };
  const known = ended.get(state);
  if (known?.count === state.layers.length) return known;
  const [own] = ownInputs(self) ?? [];
  if (!own) return { inputs: missing, outputs: missing };
  const inputs = tensorValue(own, "float32", true);
  const { applications, problems } = call.interpreter.trace;
  const before = [applications.length, problems.length] as const;
  const outputs = state.layers.reduce(
    (value: Value, layer) =>
      layer.kind === "instance" ? callLayer(layer, { positional: [value], named: new Map(), incomplete: false }, call) : value,
    inputs,
  );
  // Only asked for: it is not applied in the program.
  applications.splice(before[0]);
  problems.splice(before[1]);
  const found = { count: state.layers.length, inputs, outputs };
  ended.set(state, found);
  return found;
}

/** Whole shapes of what a model says it takes; undefined where it says nothing. */
export function ownInputs(value: Value | undefined): readonly TensorShape[] | undefined {
  if (value?.kind === "tensor") return value.tensor.shape && [value.tensor.shape];
  const state = layerState(value);
  if (state instanceof FunctionalState) {
    const shapes = tensorsIn([state.inputs]).flatMap(({ shape }) => (shape ? [shape] : []));
    return shapes.length > 0 ? shapes : undefined;
  }
  const said =
    state instanceof SequentialState
      ? ownInputs(state.layers[0])
      : state instanceof LayerState && state.inputShape
        ? [state.inputShape]
        : undefined;
  return said ?? (value?.kind === "instance" ? appliedTo(value) : undefined);
}

/** Whole shapes of what a layer or model was applied to first. */
function appliedTo(layer: InstanceValue): readonly TensorShape[] | undefined {
  const shapes = tensorsIn(firstNode(layer)?.inputs ?? []).flatMap(({ shape }) => (shape ? [shape] : []));
  return shapes.length > 0 ? shapes : undefined;
}

/** The layers of a model in Keras' order, each once. */
function layersOf(self: InstanceValue, { interpreter }: Call): Value[] {
  const state = layerState(self);
  if (state instanceof SequentialState) return state.layers.filter((layer) => layer.kind !== "tensor");
  if (!(state instanceof FunctionalState)) return sublayers(self);
  const inputs = tensorsIn([state.inputs]).map((tensor) => inputLayer(tensor, { interpreter, place: self.place }));
  return [...inputs, ...layersBetween(state.inputs, state.outputs)];
}

const inputLayers = new WeakMap<Tensor, InstanceValue>();

/** Keras counts inputs among the layers of a functional model, in front of all others. */
function inputLayer(tensor: Tensor, site: { readonly interpreter: InterpreterApi; readonly place: Place }): InstanceValue {
  const known = inputLayers.get(tensor);
  if (known) return known;
  const made = makeLayer("InputLayer", {}, site);
  standFor(made, { kind: "tensor", tensor });
  inputLayers.set(tensor, made);
  return made;
}

function getLayer(self: InstanceValue, { positional, named }: Arguments, call: Call): Value {
  const layers = layersOf(self, call);
  const index = named.get("index") ?? positional[1];
  if (index?.kind === "number") return layers.at(index.value) ?? unknown("the model has no such layer");
  const name = named.get("name") ?? positional[0];
  if (name?.kind !== "string") return unknown("which layer is meant is not known");
  return layers.find((layer) => layerState(layer)?.name === name.value) ?? unknown(`the layer ${name.value} is not known`);
}

/** Model(inputs, outputs, name), Model(input=, output=) of Keras 1, Model() of classes of the program. */
function initialize(self: InstanceValue, { positional, named }: Arguments, { interpreter }: Call): Value {
  const inputs = positional[0] ?? named.get("inputs") ?? named.get("input");
  const outputs = positional[1] ?? named.get("outputs") ?? named.get("output");
  const given = positional[2] ?? named.get("name");
  const name = given?.kind === "string" ? given.value : undefined;
  if (inputs && outputs && tensorsIn([outputs]).length > 0) {
    self.payload = new FunctionalState(inputs, outputs, name);
  } else if (programMember(self.class, "call") || !outputs) {
    self.payload = new SubclassState(nameOf(name, self.class.name, interpreter));
  }
  return NONE;
}

function called(self: InstanceValue, args: Arguments, call: Call): Value {
  return callLayer(self, args, call);
}

/** model.build(input_shape) tells the input of models that say none. */
const builds = new WeakMap<InstanceValue, TensorShape>();

export function builtWith(model: InstanceValue): TensorShape | undefined {
  return builds.get(model);
}

const saved = new WeakMap<InterpreterApi, Map<string, Value>>();

/** What is saved under a name can be loaded again. */
function save(self: InstanceValue, { positional, named }: Arguments, { interpreter }: Call): Value {
  const path = positional[0] ?? named.get("filepath");
  const files = saved.get(interpreter) ?? new Map<string, Value>();
  saved.set(interpreter, files);
  if (path?.kind === "string") files.set(path.value, self);
  return NONE;
}

/** keras.models.load_model: what the program itself has saved; other files are not opened. */
export function loadModel({ positional, named }: Arguments, { interpreter }: Call): Value {
  const path = positional[0] ?? named.get("filepath");
  const name = path?.kind === "string" ? path.value : "its file";
  return saved.get(interpreter)?.get(name) ?? unknown(`the model in ${name} is not read`);
}

const harmless = () => NONE;
const single = (value: Value): Value =>
  (value.kind === "list" || value.kind === "tuple") && value.items.length === 1 ? (value.items[0] ?? value) : value;
const several = (value: Value): Value => (value.kind === "tensor" ? list([value]) : value);

export const MODEL = libraryClass(
  "Model",
  [LAYER],
  [
    ...methods({
      __init__: initialize,
      predict: called,
      get_layer: getLayer,
      compile: (self, args) => {
        compiled(self, args);
        return NONE;
      },
      summary: harmless,
      save,
      save_weights: harmless,
      load_weights: harmless,
      fit: (self, args) => {
        fitted(self, args);
        return unknown("training is not computed");
      },
      evaluate: () => unknown("numbers are not computed"),
      build: (self, { positional, named }) => {
        const sizes = sizesOf(positional[0] ?? named.get("input_shape"));
        if (sizes) builds.set(self, sizes);
        return NONE;
      },
      count_params: () => unknown("numbers of parameters are not known to the program"),
    }),
    ...getters({
      inputs: (self, call) => several(ends(self, call).inputs),
      outputs: (self, call) => several(ends(self, call).outputs),
      input: (self, call) => single(ends(self, call).inputs),
      output: (self, call) => single(ends(self, call).outputs),
      input_shape: (self, call) => shapesOf(single(ends(self, call).inputs)),
      output_shape: (self, call) => shapesOf(single(ends(self, call).outputs)),
      layers: (self, call) => list(layersOf(self, call)),
      name: (self) => text(layerState(self)?.name ?? "model"),
    }),
  ],
);

function add(self: InstanceValue, { positional: [layer = NONE] }: Arguments, { interpreter }: Call): Value {
  const state = layerState(self);
  if (!(state instanceof SequentialState)) return NONE;
  interpreter.willChange(state.layers);
  state.layers.push(layer);
  return NONE;
}

export const SEQUENTIAL = libraryClass(
  "Sequential",
  [MODEL],
  methods({
    __init__: (self, { positional, named }, { interpreter }) => {
      const given = positional[0] ?? named.get("layers");
      const name = positional[1] ?? named.get("name");
      const state = new SequentialState(nameOf(name?.kind === "string" ? name.value : undefined, "Sequential", interpreter));
      const layers = given && given.kind !== "none" ? (interpreter.items(given) ?? [unknown("the layers of the model are not known")]) : [];
      state.layers.push(...layers);
      self.payload = state;
      return NONE;
    },
    add,
    pop: (self, _, { interpreter }) => {
      const state = layerState(self);
      if (!(state instanceof SequentialState)) return NONE;
      interpreter.willChange(state.layers);
      return state.layers.pop() ?? NONE;
    },
    __len__: (self, _, call) => integer(layersOf(self, call).length),
  }),
);

/** keras.Input: shape without the batch, or batch_shape with it. */
export function makeInput({ positional, named }: Arguments, interpreter: InterpreterApi): Value {
  const tensor = named.get("tensor");
  if (tensor?.kind === "tensor") return tensor;
  const shape = positional[0] ?? named.get("shape") ?? named.get("input_shape");
  const whole = named.get("batch_shape") ?? named.get("batch_input_shape");
  const batch = named.get("batch_size");
  const items = (value: Value | undefined) =>
    value?.kind === "unknown" ? undefined : (sizesOf(value) ?? (value && interpreter.items(value)));
  const sizes = items(whole ?? shape)?.map((size) => (typeof size === "object" ? undefined : size));
  const dtype = named.get("dtype");
  if (whole) return tensorValue(sizes, undefined, true);
  return tensorValue(
    sizes && [batch?.kind === "number" ? batch.value : undefined, ...sizes],
    dtype?.kind === "string" ? dtype.value : "float32",
    true,
  );
}

/** The model between outputs and whatever symbolic tensors they come from. */
export function sourceTensors(outputs: Value): Value {
  return list(sourcesOf(outputs).map((tensor): Value => ({ kind: "tensor", tensor })));
}

export function isKerasTensor(value: Value): boolean {
  return value.kind === "tensor" && value.tensor instanceof KerasTensor && value.tensor.symbolic;
}
