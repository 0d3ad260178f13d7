import type { SyntaxNode } from "../node.js";
import type { Expression, Statement, Target } from "../tree.js";
import { fieldOf, fieldsOf, part, partsOf, rangeOf, type Translate, unreadable } from "./nodes.js";

/** A match statement as a chain of tests of a name that nobody can write. Patterns that take values apart are tests nobody can tell. */
export function matchStatement(node: SyntaxNode, translate: Translate): readonly Statement[] {
  const range = rangeOf(node);
  const subject: Expression & Target = { kind: "name", name: "<subject>", range };
  const cases = fieldOf(node, "body")?.namedChildren.filter(({ type }) => type === "case_clause") ?? [];
  let chain: readonly Statement[] = [];
  for (const clause of [...cases].reverse()) chain = caseOf(clause, subject, chain, translate);
  return [{ kind: "assign", targets: [subject], value: part(node, "subject", translate), range }, ...chain];
}

/** Names that the pattern gives to what it matches are set before the guard is asked. */
function caseOf(clause: SyntaxNode, subject: Expression, otherwise: readonly Statement[], translate: Translate): readonly Statement[] {
  const pattern = partsOf(clause).find(({ type }) => type === "case_pattern") ?? clause;
  const range = rangeOf(clause);
  const captured = capturesIn(pattern);
  const isCapture = captured.length === 1 && captured[0]?.text === pattern.text;
  const value: Expression = isCapture ? subject : unreadable(pattern);
  const captures = captured.map((name): Statement => {
    const target: Target = { kind: "name", name: name.text, range: rangeOf(name) };
    return { kind: "assign", targets: [target], value, range: rangeOf(name) };
  });
  const matches: Expression =
    isCapture || pattern.text === "_" ? { kind: "boolean", value: true, range } : test(pattern, subject, translate);
  const guard = fieldOf(clause, "guard");
  const [condition] = guard ? partsOf(guard) : [];
  const whole: Expression = condition
    ? { kind: "logical", operator: "and", left: matches, right: translate.expression(condition), range }
    : matches;
  const then = fieldsOf(clause, "consequence").flatMap((block) => translate.statements(block.children));
  return [...captures, { kind: "if", test: whole, then, otherwise, range }];
}

function capturesIn(pattern: SyntaxNode): readonly SyntaxNode[] {
  return pattern
    .descendantsOfType("case_pattern")
    .concat(pattern)
    .flatMap((each) => partsOf(each).filter(({ type, text }) => type === "dotted_name" && !text.includes(".") && text !== "_"));
}

function test(pattern: SyntaxNode, subject: Expression, translate: Translate): Expression {
  const range = rangeOf(pattern);
  const [inner = pattern] = partsOf(pattern);
  if (inner.type === "union_pattern") {
    const tests = partsOf(inner).map((each) => equals(each, subject, translate));
    return tests.reduce((left, right) => ({ kind: "logical", operator: "or", left, right, range }));
  }
  if (pattern.children.some(({ type }) => type === "-")) return unreadable(pattern);
  return equals(inner, subject, translate);
}

function equals(node: SyntaxNode, subject: Expression, translate: Translate): Expression {
  const value = node.type === "dotted_name" ? dotted(node) : translate.expression(node);
  if (value.kind === "unknown") return value;
  return { kind: "comparison", operands: [subject, value], operators: ["=="], range: rangeOf(node) };
}

function dotted(node: SyntaxNode): Expression {
  const range = rangeOf(node);
  const [first, ...others] = partsOf(node);
  if (!first) return unreadable(node);
  const start: Expression = { kind: "name", name: first.text, range: rangeOf(first) };
  return others.reduce<Expression>((object, { text }) => ({ kind: "attribute", object, name: text, range }), start);
}
