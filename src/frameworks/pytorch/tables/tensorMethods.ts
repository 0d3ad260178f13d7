import { product } from "../../../interpret/sizes.js";
import {
  type Arguments,
  type Call,
  integer,
  type NativeFunction,
  NONE,
  type TensorValue,
  text,
  tuple,
  unknown,
  type Value,
} from "../../../interpret/values.js";
import { answer } from "../core/answer.js";
import { numberOf } from "../core/args.js";
import { functionsOf } from "../core/functions.js";
import { native } from "../core/native.js";
import { functionActor, record } from "../core/record.js";
import { integerOr } from "../core/signature.js";
import { axisOf } from "../core/sizes.js";
import { TorchTensor, tensorValue } from "../core/tensor.js";
import { dtypeOf } from "../operations/create.js";
import { computed, listed } from "../operations/known.js";
import { FILLING_METHODS } from "./initializing.js";
import { TENSOR_ROWS } from "./tensorRows.js";

/** What `x.shape` gives. */
function shapeValue({ tensor }: TensorValue): Value {
  return tensor.shape ? tuple(tensor.shape.map((size) => integerOr(size))) : unknown("a shape that is not known");
}

/** Methods that hand the tensor on as it is. */
const PASSING =
  "contiguous detach cuda cpu xpu to_dense requires_grad_ detach_ pin_memory share_memory_ type_as resolve_conj retain_grad " +
  "copy_ random_ bernoulli_ exponential_ trunc_normal_ set_ resize_ numpy backward register_hook";

const DTYPES: Readonly<Record<string, string>> = {
  float: "float32",
  double: "float64",
  half: "float16",
  bfloat16: "bfloat16",
  long: "int64",
  int: "int32",
  short: "int16",
  byte: "uint8",
  bool: "bool",
};

type Simple = (self: TensorValue, args: Arguments, call: Call) => Value;

const simple: Readonly<Record<string, Simple>> = {
  size: (self, { positional: [dim], named }) => {
    const given = dim ?? named.get("dim");
    if (!given || given.kind === "none") return shapeValue(self);
    const { shape } = self.tensor;
    const at = shape && axisOf(numberOf(given), shape.length);
    return integerOr(at === undefined ? undefined : shape?.[at]);
  },
  dim: ({ tensor }) => integerOr(tensor.shape?.length),
  ndimension: ({ tensor }) => integerOr(tensor.shape?.length),
  numel: ({ tensor }) => integerOr(tensor.shape && product(tensor.shape)),
  nelement: ({ tensor }) => integerOr(tensor.shape && product(tensor.shape)),
  item: (self) => listed(self) ?? unknown("a number in a tensor"),
  tolist: (self) => listed(self) ?? unknown("the numbers of a tensor"),
  element_size: () => integer(4),
  is_floating_point: ({ tensor }) => ({ kind: "boolean", value: tensor.dtype?.includes("float") ?? true }),
  is_contiguous: () => ({ kind: "boolean", value: true }),
  get_device: () => integer(-1),
  to: (self, { positional, named }, call) => converted(self, named.get("dtype") ?? positional.find(({ kind }) => kind === "string"), call),
  type: (self, { positional: [dtype], named }, call) =>
    dtype ? converted(self, named.get("dtype") ?? dtype, call) : text("torch.FloatTensor"),
  new_zeros: (_self, { positional }) => ofSizes(positional),
  new_ones: (_self, { positional }) => ofSizes(positional),
  new_empty: (_self, { positional }) => ofSizes(positional),
  new_full: (_self, { positional }) => ofSizes(positional.slice(0, 1)),
  new_tensor: () => tensorValue(undefined),
};

function ofSizes(positional: readonly Value[]): Value {
  const [first] = positional;
  const sizes = first?.kind === "tuple" || first?.kind === "list" ? first.items : positional;
  return tensorValue(sizes.map(numberOf));
}

/** The same numbers as another type; the same tensor where it has that already, or none is named. */
function converted(self: TensorValue, to: Value | undefined, call: Call): Value {
  const name = dtypeOf(to);
  const isType = name !== undefined && Object.values(DTYPES).includes(name);
  if (!isType || name === self.tensor.dtype) return self;
  const numbers = self.tensor instanceof TorchTensor ? self.tensor.numbers : undefined;
  const whole = name.startsWith("int") ? numbers?.map(Math.trunc) : numbers;
  const tensor = new TorchTensor(self.tensor.shape, name, "data", whole);
  if (!numbers) record(answer(tensor.shape, { catalogue: [] }), functionActor("to", call.place), call, [self.tensor], [tensor]);
  return { kind: "tensor", tensor };
}

const functions = functionsOf(TENSOR_ROWS, "");

const methods = new Map<string, NativeFunction>([
  ...functions,
  ...FILLING_METHODS,
  ...PASSING.split(" ").map((name) => [name, native(name, ({ positional: [self = NONE] }) => self)] as const),
  ...Object.entries(simple).map(([name, run]) => [name, tensorMethod(name, run)] as const),
  ...Object.entries(DTYPES).map(
    ([name, dtype]) => [name, tensorMethod(name, (self, _args, call) => converted(self, text(`torch.${dtype}`), call))] as const,
  ),
]);

function tensorMethod(name: string, run: Simple): NativeFunction {
  return native(name, (args, call) => {
    const [self, ...positional] = args.positional;
    return self?.kind === "tensor" ? run(self, { ...args, positional }, call) : unknown(`.${name} of something that is not known`);
  });
}

const properties: Readonly<Record<string, (self: TensorValue, call: Call) => Value>> = {
  shape: shapeValue,
  ndim: ({ tensor }) => integerOr(tensor.shape?.length),
  dtype: ({ tensor }) => (tensor.dtype === undefined ? unknown("a type that is not known") : text(`torch.${tensor.dtype}`)),
  device: () => text("cpu"),
  data: (self) => self,
  grad: () => NONE,
  is_cuda: () => ({ kind: "boolean", value: false }),
  requires_grad: ({ tensor }) => ({ kind: "boolean", value: tensor instanceof TorchTensor && tensor.trainable }),
  T: (self, call) => called("t", self, call),
  mT: (self, call) => called("adjoint", self, call),
  H: (self, call) => called("t", self, call),
  real: (self) => self,
};

function called(name: string, self: Value, call: Call): Value {
  return functions.get(name)?.call({ positional: [self], named: new Map(), incomplete: false }, call) ?? unknown(name);
}

/** `x.name`: a property, or a method; one in place ("add_") is as the one that isn't. */
export function tensorAttribute(self: TensorValue, name: string, call: Call): Value | undefined {
  const property = properties[name];
  if (property) return property(self, call);
  const set = self.tensor instanceof TorchTensor ? self.tensor.attributes.get(name) : undefined;
  const found = methods.get(name) ?? (name.endsWith("_") ? methods.get(name.slice(0, -1)) : undefined);
  return set ?? (found && { kind: "method", self, function: withNumbers(found) });
}

/** A function that computes with numbers where they are known. */
export function withNumbers(run: NativeFunction): NativeFunction {
  const name = run.name.replace(/^torch\./, "");
  return { ...run, call: (args, call) => (args.named.size === 0 ? computed(name, args.positional) : undefined) ?? run.call(args, call) };
}
