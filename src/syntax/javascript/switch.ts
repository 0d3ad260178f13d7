import type { SyntaxNode } from "../node.js";
import type { Expression, Statement } from "../tree.js";
import { fieldOf, partsOf, rangeOf, type Translate } from "./nodes.js";

interface Case {
  /** Undefined: default. */
  readonly value: SyntaxNode | undefined;
  readonly body: readonly SyntaxNode[];
}

/** Longer switches would make too much of falling through; nobody writes them by hand. */
const MOST_CASES = 300;

/** A switch as ifs: what a case falls through to is part of its body, `default` is what is left when no other fits. */
export function switchOf(node: SyntaxNode, js: Translate): Statement[] {
  const value = fieldOf(node, "value");
  const body = fieldOf(node, "body");
  if (!value || !body) return [];
  const range = rangeOf(node);
  const cases = partsOf(body).map(caseOf);
  if (cases.length > MOST_CASES) return [];
  const name = `switch ${node.startIndex}`;
  const asked: Expression = { kind: "name", name, range: rangeOf(value) };
  let chain = statementsFrom(
    cases,
    cases.findIndex((one) => !one.value),
    js,
  );
  for (let at = cases.length - 1; at >= 0; at--) {
    const tested = cases[at]?.value;
    if (!tested) continue;
    const test: Expression = { kind: "comparison", operands: [asked, js.expression(tested)], operators: ["is"], range: rangeOf(tested) };
    chain = [{ kind: "if", test, then: statementsFrom(cases, at, js), otherwise: chain, range }];
  }
  const set: Statement = { kind: "assign", targets: [{ kind: "name", name, range }], value: js.expression(value), declares: true, range };
  const breaks = chain.some(hasBreak);
  return [set, ...(breaks ? [once(chain, range)] : chain)];
}

function caseOf(node: SyntaxNode): Case {
  const value = node.type === "switch_case" ? fieldOf(node, "value") : undefined;
  const parts = partsOf(node).filter((part) => part !== value);
  return { value, body: parts.flatMap((part) => (part.type === "statement_block" ? partsOf(part) : [part])) };
}

const ENDS: ReadonlySet<string> = new Set(["break_statement", "return_statement", "throw_statement", "continue_statement"]);

/** What runs when the case at this index fits, up to its end. */
function statementsFrom(cases: readonly Case[], from: number, js: Translate): Statement[] {
  const nodes: SyntaxNode[] = [];
  for (const { body } of from < 0 ? [] : cases.slice(from)) {
    const end = body.findIndex(({ type }) => ENDS.has(type));
    if (end >= 0) {
      nodes.push(...body.slice(0, body[end]?.type === "break_statement" ? end : end + 1));
      break;
    }
    nodes.push(...body);
  }
  return js.statements(nodes);
}

/** A `break` that is not the end of a case, but of no loop inside it either. */
function hasBreak(statement: Statement): boolean {
  switch (statement.kind) {
    case "break":
      return true;
    case "if":
      return statement.then.some(hasBreak) || statement.otherwise.some(hasBreak);
    case "block":
      return statement.body.some(hasBreak);
    default:
      return false;
  }
}

/** A loop of one turn, for `break` to leave. */
function once(body: readonly Statement[], range: Statement["range"]): Statement {
  const iterable: Expression = { kind: "list", items: [{ kind: "none", range }], range };
  return { kind: "for", target: { kind: "unknown", range }, iterable, body, otherwise: [], range };
}
