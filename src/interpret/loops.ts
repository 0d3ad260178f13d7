import type { Statement } from "../syntax/tree.js";
import type { Flow } from "./flow.js";
import type { Frame } from "./frame.js";
import type { Interpreter } from "./interpreter.js";
import { Scope } from "./scope.js";
import { Site } from "./site.js";
import { assign } from "./targets.js";
import { unknown, type Value } from "./values.js";

/** More passes than this of a loop that holds one nobody knows the passes of (epochs of training) are not worth running each. */
const WORTH_RUNNING = 16;

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
    const why = reason(iterable);
    interpreter.trials.maybe(() => pass(unknown(why)), why);
    interpreter.unsure.add(unitOf(frame));
    interpreter.trace.notes.push({ place: site.place, why });
    return undefined;
  }
  const unit = unitOf(frame);
  interpreter.unsure.delete(unit);
  for (const item of items) {
    const flow = pass(item);
    if (flow?.kind === "break") return undefined;
    if (flow?.kind === "return") return flow;
    if (items.length > WORTH_RUNNING && interpreter.unsure.has(unit)) {
      interpreter.trials.maybe(() => pass(unknown(OFTEN)), OFTEN);
      return undefined;
    }
  }
  return interpreter.execute(tree.otherwise, frame);
}

export function whileLoop(tree: Loop<"while">, frame: Frame, interpreter: Interpreter): Flow {
  const place = { file: frame.file, range: tree.test.range };
  const unit = unitOf(frame);
  interpreter.unsure.delete(unit);
  for (;;) {
    interpreter.budget.step(place);
    const truth = interpreter.truth(interpreter.evaluate(tree.test, frame));
    if (truth === false) return interpreter.execute(tree.otherwise, frame);
    if (truth === "unknown" || interpreter.unsure.has(unit)) {
      interpreter.trials.maybe(() => interpreter.execute(tree.body, ofPass(frame, interpreter)), OFTEN);
      interpreter.unsure.add(unit);
      interpreter.trace.notes.push({ place, why: OFTEN });
      return undefined;
    }
    const flow = onePass(tree, frame, interpreter);
    if (flow?.kind === "break") return undefined;
    if (flow?.kind === "return") return flow;
    if (tree.update) interpreter.evaluate(tree.update, frame);
  }
}

/** A pass has variables of its own, which functions made in it keep; the next one goes on with their values. */
function onePass(tree: Loop<"while">, frame: Frame, interpreter: Interpreter): Flow {
  const inside = ofPass(frame, interpreter);
  const move = (names: readonly string[], from: Scope, to: Scope) => {
    for (const name of names) {
      const value = from.find(name);
      if (value) interpreter.setName(to, name, value);
    }
  };
  move(tree.perPass ?? [], frame.scope, inside.scope);
  const flow = interpreter.execute(tree.body, inside);
  move(tree.perPass ?? [], inside.scope, frame.scope);
  return flow;
}

function reason(iterable: Value): string {
  if (iterable.kind === "unknown") return iterable.why;
  return iterable.kind === "range" ? "the loop runs too often to be read" : "what the loop goes through is not known";
}

const OFTEN = "how often the loop runs is not known";

function unitOf(frame: Frame): object {
  return frame.function ?? frame.globals;
}

function ofPass(frame: Frame, interpreter: Interpreter): Frame {
  if (!interpreter.semantics.blockScopes) return frame;
  const scope = new Scope(frame.scope);
  return { ...frame, scope, closure: scope };
}
