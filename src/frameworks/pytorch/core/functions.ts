import type { Arguments, NativeFunction } from "../../../interpret/values.js";
import type { Rule } from "./answer.js";
import { applyRule, functionActor } from "./record.js";
import { bind, type Signature, signature } from "./signature.js";

/** A function of PyTorch by a rule; `shown` is how people write it ("F.relu"). */
export function functionOf(written: string, rule: Rule, shown: string): NativeFunction {
  const parameters = signature(written);
  return {
    kind: "native",
    name: shown,
    call: (args, call) => applyRule(rule, bind(parameters, renamed(parameters, args), call, true), functionActor(shown, call.place), call),
  };
}

const ALIASES: Readonly<Record<string, string>> = { axis: "dim", input: "self", x: "self", start_axis: "start_dim", keepdims: "keepdim" };

/** NumPy's names for arguments, and `input` for the tensor itself, which PyTorch takes too. */
function renamed({ parameters }: Signature, args: Arguments): Arguments {
  const has = (name: string) => parameters.some((parameter) => parameter.name === name);
  const named = [...args.named].map(([name, value]) => [has(name) ? name : (ALIASES[name] ?? name), value] as const);
  return { ...args, named: new Map(named) };
}

/** Rows of a table: a signature as PyTorch documents it, and its rule. */
export type Row = readonly [written: string, rule: Rule];

/** Functions by name, as people write them behind a prefix ("torch."). */
export function functionsOf(rows: readonly Row[], prefix: string): Map<string, NativeFunction> {
  return new Map(
    rows.map(([written, rule]) => [signature(written).name, functionOf(written, rule, `${prefix}${signature(written).name}`)]),
  );
}
