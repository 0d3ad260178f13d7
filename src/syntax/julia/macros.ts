import type { SyntaxNode } from "../node.js";
import type { Expression, Statement } from "../tree.js";
import { lazily } from "./autosize.js";
import { ownScope } from "./blocks.js";
import { callOf, name, partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";
import { structOf } from "./structs.js";

/** Say something, check something, or tell Flux what it may do with a type: nothing follows from them for shapes. */
const SILENT: ReadonlySet<string> = new Set(
  "assert debug info warn error logmsg test test_throws test_broken test_skip test_logs test_nowarn functor layer treelike nograd non_differentiable adjoint require forward eval reexport deprecate inferred printf compact export".split(
    " ",
  ),
);

/** What they are given is what they answer. */
const TRANSPARENT: ReadonlySet<string> = new Set(
  "show time timed elapsed views view inbounds fastmath static simd threads btime benchmark inline noinline propagate_inbounds nospecialize gpu progress time_imports generated main allowscalar spawn async sync trace concrete auto_hash_equals".split(
    " ",
  ),
);

const WITH_DEFAULTS: ReadonlySet<string> = new Set(["kwdef", "with_kw", "with_kw_noshow", "option"]);

interface MacroCall {
  readonly name: string;
  readonly args: readonly SyntaxNode[];
}

function macroOf(node: SyntaxNode): MacroCall {
  const parts = partsOf(node);
  const macro = parts.find(({ type }) => type === "macro_identifier");
  const list = parts.find(({ type }) => type === "macro_argument_list" || type === "argument_list");
  return { name: macro?.text.slice(1) ?? "", args: list ? partsOf(list) : [] };
}

export function macroStatement(node: SyntaxNode, julia: Translate): Statement[] {
  const { name: macro, args } = macroOf(node);
  const last = args.at(-1);
  if (SILENT.has(macro)) return [];
  if (!last) return [{ kind: "expression", value: macroExpression(node, julia), range: rangeOf(node) }];
  if (last.type === "struct_definition") {
    const decorators: Expression[] = WITH_DEFAULTS.has(macro) ? [name("@kwdef", rangeOf(node))] : [];
    return [{ kind: "class", class: structOf(last, decorators, julia), range: rangeOf(node) }];
  }
  if (macro === "testset") return [{ kind: "expression", value: ownScope(julia.statements([last]), last), range: rangeOf(node) }];
  const defines = last.type === "function_definition" || last.type === "assignment" || last.type === "macrocall_expression";
  if (TRANSPARENT.has(macro) || (defines && macro !== "bind")) return julia.statements([last]);
  return [{ kind: "expression", value: macroExpression(node, julia), range: rangeOf(node) }];
}

export function macroExpression(node: SyntaxNode, julia: Translate): Expression {
  const { name: macro, args } = macroOf(node);
  const [first, second] = args;
  const last = args.at(-1);
  const range = rangeOf(node);
  if (macro === "__FILE__" || macro === "__DIR__") return { kind: "string", value: macro, range };
  if (!first || !last) return unreadable(node);
  if (macro === ".") return julia.dotted(() => julia.expression(last));
  if (macro === "autosize" && second) return callOf("@autosize", [julia.expression(first), lazily(julia.expression(second))], range);
  if (TRANSPARENT.has(macro)) return julia.expression(last);
  if (SILENT.has(macro)) return { kind: "none", range };
  return unreadable(node);
}
