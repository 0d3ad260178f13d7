import type { TensorShape } from "../../interpret/tensor.js";
import type { Trace } from "../../interpret/trace.js";
import {
  type Call,
  type ClassValue,
  type InstanceValue,
  type InterpreterApi,
  integer,
  list,
  NONE,
  text,
  unknown,
  type Value,
} from "../../interpret/values.js";
import { getters, LAYER, libraryClass, methods, shapesOf } from "./classes.js";
import { field } from "./data.js";
import { addNode, nodesBetween, symbolic } from "./graph.js";
import { Functional, isApplicable, layerOf, modelOf, Sequential } from "./layer.js";
import { runLayer } from "./run.js";

const harmless = () => NONE;
const notComputed = () => unknown("numbers are not computed");

/** A sequential model's own symbolic tensors, for so many layers as it had then. */
const traced = new WeakMap<InstanceValue, { readonly count: number; readonly inputs: Value; readonly outputs: Value }>();

/** What goes in and out of a model, as symbolic tensors. */
function ends(self: InstanceValue, interpreter: InterpreterApi): { readonly inputs: Value; readonly outputs: Value } {
  const model = modelOf(self);
  const missing = unknown("the model has no layers yet");
  if (model instanceof Functional) return { inputs: list(model.inputs), outputs: model.outputs };
  if (!model) return { inputs: missing, outputs: missing };
  const known = traced.get(self);
  if (known?.count === model.layers.length) return known;
  const [own] = ownInputs(self) ?? [];
  if (!own) return { inputs: missing, outputs: missing };
  const input = symbolic(own);
  let value: Value = input;
  for (const layer of model.layers) {
    const argument: Value = value;
    value = isApplicable(layer)
      ? runLayer(layer, argument, { interpreter, place: self.place, recorded: false })
      : unknown("a layer is not known");
    if (isApplicable(layer)) addNode({ layer, argument, result: value, calledAt: self.place });
  }
  const found = { count: model.layers.length, inputs: list([input]), outputs: value };
  traced.set(self, found);
  return found;
}

/** Whole shapes of what a model says it takes; undefined where it says nothing. */
export function ownInputs(value: Value | undefined): readonly TensorShape[] | undefined {
  const model = modelOf(value);
  if (model instanceof Functional) return model.inputs.map((input) => (input.kind === "tensor" ? (input.tensor.shape ?? []) : []));
  if (model instanceof Sequential) return ownInputs(model.layers[0]);
  const own = layerOf(value)?.inputShape;
  return own === undefined || own === "unknown" ? undefined : [own];
}

const asList = (value: Value): Value => (value.kind === "tensor" ? list([value]) : value);
const asOne = (value: Value): Value => (value.kind === "list" && value.items.length === 1 ? (value.items[0] ?? value) : value);

/** The layers of a model in the order they run, each once. */
function layersOf(self: InstanceValue): Value[] {
  const model = modelOf(self);
  if (model instanceof Sequential) return model.layers;
  return model ? [...new Set(nodesBetween(list(model.inputs), model.outputs).map(({ layer }) => layer))] : [];
}

/** getLayer("name"), getLayer(undefined, 3), getLayer(3) */
function getLayer(self: InstanceValue, [name = NONE, index]: readonly Value[]): Value {
  const layers = layersOf(self);
  const at = name.kind === "number" ? name : index;
  if (at?.kind === "number") return layers[at.value] ?? unknown("the model has no such layer");
  if (name.kind !== "string") return unknown("which layer is meant is not known");
  return layers.find((layer) => (layerOf(layer) ?? modelOf(layer))?.name === name.value) ?? unknown(`the layer ${name.value} is not known`);
}

/** What `predict` answers: the shapes of the outputs. */
function predict(self: InstanceValue, [inputs = NONE]: readonly Value[], call: Call): Value {
  return runLayer(self, inputs, { interpreter: call.interpreter, place: call.place, recorded: true });
}

export const LAYERS_MODEL: ClassValue = libraryClass(
  "LayersModel",
  [LAYER],
  [
    ...methods({
      predict,
      predictOnBatch: predict,
      call: predict,
      getLayer,
      compile: harmless,
      summary: harmless,
      fit: notComputed,
      fitDataset: notComputed,
      trainOnBatch: notComputed,
      evaluate: notComputed,
      evaluateDataset: notComputed,
      save: notComputed,
    }),
    ...getters({
      inputs: (self, { interpreter }) => ends(self, interpreter).inputs,
      outputs: (self, { interpreter }) => asList(ends(self, interpreter).outputs),
      input: (self, { interpreter }) => asOne(ends(self, interpreter).inputs),
      output: (self, { interpreter }) => asOne(ends(self, interpreter).outputs),
      inputShape: (self, { interpreter }) => shapesOf(ends(self, interpreter).inputs),
      outputShape: (self, { interpreter }) => shapesOf(ends(self, interpreter).outputs),
      layers: (self) => ({ kind: "list", items: layersOf(self) }),
      name: (self) => {
        const name = modelOf(self)?.name;
        return name === undefined ? unknown("the model is named by TensorFlow.js") : text(name);
      },
    }),
  ],
);

export const SEQUENTIAL: ClassValue = libraryClass(
  "Sequential",
  [LAYERS_MODEL],
  methods({
    add: (self, [layer = NONE], { interpreter }) => {
      const model = modelOf(self);
      if (!(model instanceof Sequential)) return NONE;
      interpreter.willChange(model.layers);
      return integer(model.layers.push(layer));
    },
    pop: (self, _, { interpreter }) => {
      const model = modelOf(self);
      if (!(model instanceof Sequential)) return NONE;
      interpreter.willChange(model.layers);
      model.layers.pop();
      return NONE;
    },
  }),
);

const lastModels = new WeakMap<Trace, InstanceValue>();

/** The last model that was made while this trace was written. */
export function lastMade(trace: Trace): InstanceValue | undefined {
  return lastModels.get(trace);
}

function made(model: InstanceValue, { trace }: InterpreterApi): InstanceValue {
  lastModels.set(trace, model);
  return model;
}

/** tf.sequential({ layers, name }) */
export function makeSequential(config: Value | undefined, { place, interpreter }: Call): Value {
  const layers = field(config, "layers");
  const known = layers === undefined ? [] : interpreter.items(layers);
  const items = known ?? [unknown("the layers of the model are not known")];
  return made(
    { kind: "instance", class: SEQUENTIAL, fields: new Map(), place, payload: new Sequential([...items], nameIn(config)) },
    interpreter,
  );
}

/** tf.model({ inputs, outputs, name }) */
export function makeModel(config: Value | undefined, { place, interpreter }: Call): Value {
  const inputs = field(config, "inputs");
  const outputs = field(config, "outputs");
  const given = inputs?.kind === "list" ? inputs.items : inputs ? [inputs] : [];
  const missing = [...given, outputs].find((value) => value === undefined || value.kind === "unknown");
  if (given.length === 0 || !outputs || missing) return missing ?? unknown("the inputs or outputs of the model are not known");
  return made(
    { kind: "instance", class: LAYERS_MODEL, fields: new Map(), place, payload: new Functional(given, outputs, nameIn(config)) },
    interpreter,
  );
}

function nameIn(config: Value | undefined): string | undefined {
  const name = field(config, "name");
  return name?.kind === "string" ? name.value : undefined;
}

/** Where the first layer of a model was made that says no input. */
export function firstLayer(model: Value | undefined): InstanceValue | undefined {
  const stack = modelOf(model);
  if (!(stack instanceof Sequential)) return undefined;
  const [first] = stack.layers;
  return first?.kind === "instance" ? first : undefined;
}
