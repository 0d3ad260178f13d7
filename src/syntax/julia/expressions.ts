import type { SyntaxNode } from "../node.js";
import type { Argument, Expression } from "../tree.js";
import { ternaryOf } from "./blocks.js";
import { argumentsOf, comprehensionOf, indexOf, matrixOf, tupleOf, vectorOf } from "./collections.js";
import { arrowFunction, definedFunction, doFunction, isSignature, shortFunction } from "./functions.js";
import { characterOf, floatOf, integerOf, stringOf } from "./literals.js";
import { macroExpression } from "./macros.js";
import { callOf, firstOf, name, partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";
import { binaryOf, juxtapositionOf, rangeExpressionOf, unaryOf } from "./operators.js";
import { returning } from "./returning.js";
import { isStatement, statementsOf } from "./statements.js";
import { typeOf } from "./types.js";

type Rule = (node: SyntaxNode, julia: Translate) => Expression;

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["identifier", identifier],
  ["boolean_literal", (node) => ({ kind: "boolean", value: node.text === "true", range: rangeOf(node) })],
  ["integer_literal", integerOf],
  ["float_literal", floatOf],
  ["string_literal", stringOf],
  ["character_literal", characterOf],
  ["quote_expression", symbol],
  ["operator", (node) => name(node.text, rangeOf(node))],
  ["vector_expression", vectorOf],
  ["matrix_expression", matrixOf],
  ["comprehension_expression", comprehensionOf],
  ["generator", comprehensionOf],
  ["tuple_expression", tupleOf],
  ["open_tuple", tupleOf],
  ["index_expression", indexOf],
  ["range_expression", rangeExpressionOf],
  ["binary_expression", binaryOf],
  ["unary_expression", unaryOf],
  ["juxtaposition_expression", juxtapositionOf],
  ["ternary_expression", ternaryOf],
  ["adjoint_expression", (node, julia) => callOf("adjoint", [firstOf(node, julia)], rangeOf(node))],
  ["typed_expression", firstOf],
  ["where_expression", firstOf],
  ["parametrized_type_expression", typeOf],
  ["parenthesized_expression", parenthesized],
  ["field_expression", field],
  ["call_expression", call],
  ["broadcast_call_expression", call],
  ["macrocall_expression", macroExpression],
  ["arrow_function_expression", (node, julia) => ({ kind: "function", function: arrowFunction(node, julia), range: rangeOf(node) })],
  ["function_definition", anonymous],
  ["assignment", assignment],
]);

/** A value. Whatever is a statement elsewhere is a block here, with the value of its last statement. */
export function expressionOf(node: SyntaxNode, julia: Translate): Expression {
  const rule = RULES.get(node.type);
  if (rule) return rule(node, julia);
  if (!isStatement(node)) return unreadable(node);
  return { kind: "block", body: returning(statementsOf(node, julia)), range: rangeOf(node) };
}

function identifier(node: SyntaxNode, julia: Translate): Expression {
  const range = rangeOf(node);
  const { text } = node;
  if (text === "nothing" || text === "missing") return { kind: "none", range };
  if (text === "begin") return { kind: "number", value: 1, float: false, range };
  return (text === "end" && julia.last(range)) || name(text, range);
}

/** :relu is as good as "relu" to us. */
function symbol(node: SyntaxNode): Expression {
  const [inner] = partsOf(node);
  if (inner?.type !== "identifier" && inner?.type !== "operator") return unreadable(node);
  return { kind: "string", value: inner.text, range: rangeOf(node) };
}

/** (x), (a; b) */
function parenthesized(node: SyntaxNode, julia: Translate): Expression {
  const parts = partsOf(node);
  const [only] = parts;
  if (parts.length === 1 && only) return julia.expression(only);
  return { kind: "block", body: returning(julia.statements(parts)), range: rangeOf(node) };
}

function field(node: SyntaxNode, julia: Translate): Expression {
  const [object, member] = partsOf(node);
  if (!object || !member) return unreadable(node);
  const written = member.type === "quote_expression" ? member.text.slice(1) : member.text;
  return { kind: "attribute", object: julia.expression(object), name: written, range: rangeOf(node) };
}

/** f(x), f.(x), f(x) do y ... end: the function of a do block is the first argument. */
function call(node: SyntaxNode, julia: Translate): Expression {
  const parts = partsOf(node);
  const [callee] = parts;
  if (!callee) return unreadable(node);
  const block = parts.find(({ type }) => type === "do_clause");
  const list = parts.find(({ type }) => type === "argument_list");
  const first: Argument[] = block
    ? [{ kind: "positional", value: { kind: "function", function: doFunction(block, julia), range: rangeOf(block) } }]
    : [];
  const broadcast = node.type === "broadcast_call_expression" || julia.broadcasts;
  const called = callee.type === "parametrized_type_expression" ? plainType(callee, julia) : julia.expression(callee);
  const args = [...first, ...argumentsOf(list, julia)];
  return { kind: "call", callee: called, args, ...(broadcast && { broadcast: true }), range: rangeOf(node) };
}

/** Model{Float32}(x) calls Model; Val{3}() means the 3. */
function plainType(node: SyntaxNode, julia: Translate): Expression {
  const [generic] = partsOf(node);
  return generic && generic.text !== "Val" ? julia.expression(generic) : typeOf(node, julia);
}

function anonymous(node: SyntaxNode, julia: Translate): Expression {
  const tree = definedFunction(node, julia);
  if (!tree) return unreadable(node);
  if (tree.name === "") return { kind: "function", function: tree, range: tree.range };
  return { kind: "block", body: returning(statementsOf(node, julia)), range: tree.range };
}

function assignment(node: SyntaxNode, julia: Translate): Expression {
  const [left, , right] = partsOf(node);
  if (!left || !right) return unreadable(node);
  const tree = isSignature(left) ? shortFunction(node, julia) : undefined;
  if (tree) return { kind: "function", function: tree, range: tree.range };
  return { kind: "assignment", target: julia.target(left), value: julia.expression(right), range: rangeOf(node) };
}
