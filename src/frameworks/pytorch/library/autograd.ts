import { Descriptor, instance } from "../../../interpret/python/special.js";
import { type ClassValue, NONE, unknown, type Value } from "../../../interpret/values.js";
import { classOf, inherited, native } from "../core/native.js";

/** What forward() and backward() share: the program may set and ask anything. */
const CONTEXT: ClassValue = { ...classOf("FunctionCtx", []), incomplete: true };

/** Function.apply(x): the class's forward(ctx, x), or forward(x) where a setup_context of its own fills the context. */
const apply = native("torch.autograd.Function.apply", ({ positional: [cls = NONE, ...inputs], named }, call) => {
  const forward = cls.kind === "class" ? call.interpreter.attribute(cls, "forward") : undefined;
  if (cls.kind !== "class" || !forward) return unknown("a function without forward");
  const context = inherited(cls, "setup_context") ? [] : [instance(CONTEXT, call)];
  return call.interpreter.call(forward, [...context, ...inputs], call.place, named);
});

const applyOfClass: Value = {
  kind: "instance",
  class: classOf("classmethod", []),
  fields: new Map(),
  place: { file: "", range: { start: 0, end: 0 } },
  payload: new Descriptor("classmethod", apply),
};

/** torch.autograd.Function: operations that say their own gradients. */
export const FUNCTION: ClassValue = { ...classOf("Function", [], [["apply", applyOfClass]]), incomplete: true };
