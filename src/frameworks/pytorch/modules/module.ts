import { programError } from "../../../interpret/errors.js";
import { keyOf } from "../../../interpret/keys.js";
import { product } from "../../../interpret/sizes.js";
import {
  type DictionaryValue,
  type InstanceValue,
  type NativeFunction,
  NONE,
  TRUE,
  text,
  tuple,
  unknown,
  type Value,
} from "../../../interpret/values.js";
import { method, setField } from "../core/native.js";
import { bind, signature } from "../core/signature.js";
import { roleOf, type Start, TorchTensor } from "../core/tensor.js";
import { callModule } from "./call.js";
import { childrenOf, copied, MODULE, namedModules, namedTensors, tensorsOf } from "./moduleClass.js";

type Method = [string, NativeFunction];

/** Methods that change nothing that is read here and answer the module. */
const SELF = "eval train to cuda cpu xpu float half double bfloat16 type share_memory to_empty compile";
/** Methods that change nothing that is read here and answer None or what nobody needs. */
const HARMLESS =
  "__init__ zero_grad extra_repr set_extra_state get_extra_state register_forward_hook register_forward_pre_hook register_backward_hook " +
  "register_full_backward_hook register_full_backward_pre_hook register_state_dict_pre_hook register_state_dict_post_hook " +
  "register_load_state_dict_pre_hook register_load_state_dict_post_hook _register_state_dict_hook _register_load_state_dict_pre_hook " +
  "_load_from_state_dict _save_to_state_dict";

const pairs = (entries: Iterable<readonly [string, Value]>): Value =>
  iterator([...entries].map(([name, value]) => tuple([text(name), value])));
const iterator = (items: readonly Value[]): Value => ({ kind: "list", items: [...items], iterator: true });

const listing: readonly Method[] = [
  method("children", (self) => iterator(childrenOf(self).map(([, child]) => child))),
  method("named_children", (self) => pairs(childrenOf(self))),
  method("modules", (self) => iterator([...namedModules(self).keys()])),
  method("named_modules", (self) => pairs([...namedModules(self)].map(([module, path]) => [path, module] as const))),
  method("parameters", (self) => iterator([...namedTensors(self, "parameter").values()])),
  method("named_parameters", (self) => pairs(namedTensors(self, "parameter"))),
  method("buffers", (self) => iterator([...namedTensors(self, "buffer").values()])),
  method("named_buffers", (self) => pairs(namedTensors(self, "buffer"))),
  method("state_dict", (self) => dictionary([...namedTensors(self, "parameter"), ...namedTensors(self, "buffer")])),
];

const changing: readonly Method[] = [
  ...["add_module", "register_module"].map((name) =>
    method(name, (self, args, call) => {
      const bound = bind(signature(`${name}(name, module)`), args, call);
      const key = bound.get("name");
      if (key?.kind === "string") setField(self, key.value, bound.get("module") ?? NONE, call);
      return NONE;
    }),
  ),
  method("register_buffer", (self, args, call) => {
    const bound = bind(signature("register_buffer(name, tensor, persistent=True)"), args, call);
    const [name, value] = [bound.get("name"), bound.get("tensor") ?? NONE];
    if (name?.kind === "string") setField(self, name.value, withRole(value, "buffer"), call);
    return NONE;
  }),
  method("register_parameter", (self, args, call) => {
    const bound = bind(signature("register_parameter(name, param)"), args, call);
    const name = bound.get("name");
    if (name?.kind === "string") setField(self, name.value, bound.get("param") ?? NONE, call);
    return NONE;
  }),
  method("apply", (self, { positional: [action] }, call) => {
    const inside = [...namedModules(self).keys()].reverse();
    if (action) for (const module of inside) call.interpreter.call(action, [module], call.place);
    return self;
  }),
  method("requires_grad_", (self, { positional: [wanted = TRUE] }, call) => {
    for (const { tensor } of namedTensors(self, "parameter").values()) {
      if (!(tensor instanceof TorchTensor)) continue;
      call.interpreter.willChange(tensor.attributes);
      tensor.attributes.set("requires_grad", wanted);
    }
    return self;
  }),
  method("load_state_dict", () => unknown("what a checkpoint lacks")),
];

const finding: readonly Method[] = [
  method("__setattr__", (self, { positional: [name, value = NONE] }, call) => {
    if (name?.kind === "string") setField(self, name.value, value, call);
    return NONE;
  }),
  ...["get_submodule", "get_parameter", "get_buffer"].map((name) =>
    method(name, (self, { positional: [path] }, call) => {
      if (path?.kind !== "string") return unknown("a module of a name that is not known");
      const parts = path.value === "" ? [] : path.value.split(".");
      return parts.reduce<Value>((at, part) => call.interpreter.attribute(at, part) ?? unknown(`${path.value} is not there`), self);
    }),
  ),
  method("__getattr__", (self, { positional: [name] }, call) => {
    const wanted = name?.kind === "string" ? name.value : "";
    // Called by name, it finds what is there too.
    const field = self.fields.get(wanted);
    if (field) return field;
    if (wanted === "_modules") return dictionary(childrenOf(self));
    if (wanted === "_parameters") return dictionary(tensorsOf(self, "parameter"));
    if (wanted === "_buffers") return dictionary(tensorsOf(self, "buffer"));
    throw programError("AttributeError", `'${self.class.name}' object has no attribute '${wanted}'`, call.place);
  }),
];

for (const [name, value] of [
  ...SELF.split(" ").map((harmless) => method(harmless, (self) => self)),
  ...HARMLESS.split(" ").map((harmless) => method(harmless, () => NONE)),
  ...listing,
  ...changing,
  ...finding,
  method("__deepcopy__", copied),
  method("__call__", callModule),
]) {
  MODULE.members.set(name, value);
}

/** A dictionary by names, as state_dict gives it. */
export function dictionary(entries: Iterable<readonly [string, Value]>): DictionaryValue {
  return { kind: "dictionary", entries: new Map([...entries].map(([name, value]) => [keyOf(text(name)), { key: text(name), value }])) };
}

/** A tensor as the same one in another role. */
export function withRole(value: Value, role: "parameter" | "buffer"): Value {
  if (value.kind !== "tensor" || roleOf(value.tensor) === role) return value;
  const tensor = new TorchTensor(value.tensor.shape, value.tensor.dtype, role);
  const start = value.tensor instanceof TorchTensor ? (value.tensor.start ?? constantOf(value.tensor)) : undefined;
  if (start) tensor.starts.set("start", start);
  return { kind: "tensor", tensor };
}

/** Known numbers that are all the same. */
function constantOf({ numbers = [] }: TorchTensor): Start | undefined {
  const [value] = numbers;
  return value !== undefined && numbers.every((number) => number === value) ? { type: "constant", value } : undefined;
}

/** How many numbers a model learns, each once; undefined where a size is unknown. */
export function parameterCount(model: InstanceValue): number | undefined {
  let count = 0;
  for (const { tensor } of namedTensors(model, "parameter").values()) {
    const own = tensor.shape && product(tensor.shape);
    if (own === undefined) return undefined;
    count += own;
  }
  return count;
}
