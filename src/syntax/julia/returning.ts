import type { Expression, Statement, Target } from "../tree.js";

/** The statements of a body or of a block that is used for its value: the last one returns it. */
export function returning(body: readonly Statement[]): Statement[] {
  const last = body.at(-1);
  return last ? [...body.slice(0, -1), ...ending(last)] : [];
}

function ending(last: Statement): Statement[] {
  const { range } = last;
  switch (last.kind) {
    case "expression":
      return [{ kind: "return", value: last.value, range }];
    case "assign": {
      const value = last.targets[0] && reread(last.targets[0]);
      return value ? [last, { kind: "return", value, range }] : [last];
    }
    case "augmented": {
      const value = reread(last.target);
      return value ? [last, { kind: "return", value, range }] : [last];
    }
    case "function": {
      const { name } = last.function;
      return last.function.callableOf ? [last] : [last, { kind: "return", value: { kind: "name", name, range }, range }];
    }
    case "if":
      return [{ ...last, then: returning(last.then), otherwise: returning(last.otherwise) }];
    case "block":
      return [{ ...last, body: returning(last.body) }];
    case "try":
      return [
        { ...last, body: returning(last.body), handlers: last.handlers.map((handler) => ({ ...handler, body: returning(handler.body) })) },
      ];
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
