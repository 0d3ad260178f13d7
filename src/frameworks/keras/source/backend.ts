import { FALSE, integer, list, type NativeFunction, NONE, TRUE, text, tuple, unknown, type Value } from "../../../interpret/values.js";
import { functionOf } from "./applyFunction.js";
import { sizesOf } from "./datum.js";
import { isKerasTensor, makeInput } from "./models.js";
import { OPERATIONS } from "./operations.js";
import { shapeOf } from "./operators.js";
import { imageDataFormat, setImageDataFormat } from "./settings.js";
import { tensorValue } from "./tensors.js";

const OLD_NAMES = { channels_last: "tf", channels_first: "th" } as const;

function native(name: string, call: NativeFunction["call"]): [string, NativeFunction] {
  return [name, { kind: "native", name, call }];
}

const formatSetter: NativeFunction["call"] = ({ positional: [format] }, { interpreter }) => {
  if (format?.kind !== "string") return NONE;
  const isFirst = format.value === "channels_first" || format.value === "th";
  setImageDataFormat(interpreter, isFirst ? "channels_first" : "channels_last");
  return NONE;
};

/** Sizes of a tensor as numbers; those that only running tells are unknown. */
const dynamicShape: NativeFunction["call"] = ({ positional: [value = NONE] }) => {
  const shape = value.kind === "tensor" ? value.tensor.shape : undefined;
  if (!shape) return unknown("the shape of a tensor");
  return tuple(shape.map((size) => (size === undefined ? unknown("a size that only running tells") : integer(size))));
};

const SPECIAL: ReadonlyMap<string, Value> = new Map([
  native("backend", () => text("tensorflow")),
  native("image_data_format", (_, { interpreter }) => text(imageDataFormat(interpreter))),
  native("image_dim_ordering", (_, { interpreter }) => text(OLD_NAMES[imageDataFormat(interpreter)])),
  native("set_image_data_format", formatSetter),
  native("set_image_dim_ordering", formatSetter),
  native("int_shape", ({ positional: [value = NONE] }) => shapeOf(value)),
  native("shape", dynamicShape),
  native("get_static_shape", ({ positional: [value = NONE] }) => shapeOf(value)),
  native("is_keras_tensor", ({ positional: [value = NONE] }) => (isKerasTensor(value) ? TRUE : FALSE)),
  native("is_tensor", ({ positional: [value = NONE] }) => (value.kind === "tensor" ? TRUE : FALSE)),
  native("ndim", ({ positional: [value = NONE] }) =>
    value.kind === "tensor" && value.tensor.shape ? integer(value.tensor.shape.length) : unknown("how many axes a tensor has"),
  ),
  native("floatx", () => text("float32")),
  native("epsilon", () => ({ kind: "number", value: 1e-7, float: true })),
  native("learning_phase", () => unknown("whether the model is being trained")),
  // What is computed inside a Lambda does not depend on its other inputs there, as TensorFlow 2 runs it.
  native("gradients", ({ positional: [, of = NONE] }) => list(of.kind === "list" ? of.items.map(() => NONE) : [NONE])),
  native("placeholder", (args, { interpreter }) => {
    const shape = args.named.get("shape") ?? args.positional[0];
    return makeInput({ ...args, positional: [], named: new Map(shape ? [["batch_shape", shape]] : []) }, interpreter);
  }),
  native("clear_session", () => NONE),
]);

/** A function of keras.backend, keras.ops or of TensorFlow and its modules; undefined where we do not know it. */
export function tensorFunction(module: string, name: string): Value | undefined {
  const special = SPECIAL.get(name);
  if (special) return special;
  const rule = OPERATIONS.get(name);
  return rule && functionOf(`${module}.${name}`, rule);
}

/** tf.Variable, tf.constant and the like: a tensor of the shape of what they are given. */
export const constant: NativeFunction = {
  kind: "native",
  name: "tf.constant",
  call: ({ positional, named }) => {
    const given = positional[0] ?? named.get("initial_value") ?? named.get("value") ?? NONE;
    const shape = named.get("shape");
    if (shape) return tensorValue(sizesOf(shape));
    if (given.kind === "tensor") return given;
    return given.kind === "number" ? tensorValue([]) : tensorValue(given.kind === "list" ? [given.items.length] : undefined);
  },
};
