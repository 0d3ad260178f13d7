import type { Expression, Statement, Target } from "../tree.js";

/** The statements of a body, the last of which gives its value. */
export function returning(body: readonly Statement[]): Statement[] {
  return endingWith(body, (value, range) => ({ kind: "return", value, range }));
}

/** The statements of a block that is used for its value: the last one is made an expression. */
export function yielding(body: readonly Statement[]): Statement[] {
  return endingWith(body, (value, range) => ({ kind: "expression", value, range }));
}

type End = (value: Expression, range: Statement["range"]) => Statement;

function endingWith(body: readonly Statement[], end: End): Statement[] {
  const last = body.at(-1);
  return last ? [...body.slice(0, -1), ...ending(last, end)] : [];
}

function ending(last: Statement, end: End): Statement[] {
  const { range } = last;
  switch (last.kind) {
    case "expression":
      return [end(last.value, range)];
    case "assign": {
      const value = last.targets[0] && reread(last.targets[0]);
      return value ? [last, end(value, range)] : [last];
    }
    case "augmented": {
      const value = reread(last.target);
      return value ? [last, end(value, range)] : [last];
    }
    case "function": {
      const { name } = last.function;
      return last.function.callableOf ? [last] : [last, end({ kind: "name", name, range }, range)];
    }
    case "if":
      return [{ ...last, then: endingWith(last.then, end), otherwise: endingWith(last.otherwise, end) }];
    case "block":
      return [{ ...last, body: endingWith(last.body, end) }];
    case "try":
      return [{ ...last, body: endingWith(last.body, end), handlers: last.handlers.map((handler) => endingWith(handler, end)) }];
    default:
      return [last];
  }
}

/** What has just been assigned, to be read again. */
function reread(target: Target): Expression | undefined {
  switch (target.kind) {
    case "name":
    case "attribute":
    case "index":
      return target;
    case "tuple": {
      const items = target.targets.map(reread).filter((item) => item !== undefined);
      return items.length === target.targets.length ? { kind: "tuple", items, range: target.range } : undefined;
    }
    default:
      return undefined;
  }
}
