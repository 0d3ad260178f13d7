import type { Statement } from "../syntax/tree.js";
import type { Flow } from "./flow.js";
import type { Frame } from "./frame.js";
import type { Interpreter } from "./interpreter.js";
import { Scope } from "./scope.js";
import { Site } from "./site.js";
import { assign } from "./targets.js";
import { unknown, type Value } from "./values.js";

type Loop<Kind extends "for" | "while"> = Extract<Statement, { kind: Kind }>;

export function forLoop(tree: Loop<"for">, frame: Frame, interpreter: Interpreter): Flow {
  const site = new Site(interpreter, frame.file, tree.iterable.range);
  const iterable = interpreter.evaluate(tree.iterable, frame);
  const pass = (item: Value): Flow => {
    interpreter.budget.step(site.place);
    const inside = ofPass(frame, interpreter);
    assign(tree.target, item, inside, interpreter, inside !== frame);
    return interpreter.execute(tree.body, inside);
  };
  const items = interpreter.itemsAt(iterable, site);
  if (!items) {
    const why = iterable.kind === "unknown" ? iterable.why : "what the loop goes through is not known";
    interpreter.trials.maybe(() => pass(unknown(why)), why);
    interpreter.trace.notes.push({ place: site.place, why });
    return undefined;
  }
  for (const item of items) {
    const flow = pass(item);
    if (flow?.kind === "break") return undefined;
    if (flow?.kind === "return") return flow;
  }
  return interpreter.execute(tree.otherwise, frame);
}

export function whileLoop(tree: Loop<"while">, frame: Frame, interpreter: Interpreter): Flow {
  const place = { file: frame.file, range: tree.test.range };
  for (;;) {
    interpreter.budget.step(place);
    const truth = interpreter.truth(interpreter.evaluate(tree.test, frame));
    if (truth === false) return interpreter.execute(tree.otherwise, frame);
    if (truth === "unknown") {
      const why = "how often the loop runs is not known";
      interpreter.trials.maybe(() => interpreter.execute(tree.body, ofPass(frame, interpreter)), why);
      interpreter.trace.notes.push({ place, why });
      return undefined;
    }
    const flow = interpreter.execute(tree.body, ofPass(frame, interpreter));
    if (flow?.kind === "break") return undefined;
    if (flow?.kind === "return") return flow;
    if (tree.update) interpreter.evaluate(tree.update, frame);
  }
}

function ofPass(frame: Frame, interpreter: Interpreter): Frame {
  if (!interpreter.semantics.blockScopes) return frame;
  const scope = new Scope(frame.scope);
  return { ...frame, scope, closure: scope };
}
