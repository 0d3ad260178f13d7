import { ProgramError } from "./errors.js";
import type { Flow } from "./flow.js";
import { joined, joinStores } from "./join.js";
import type { Journal, Snapshots } from "./journal.js";
import type { Trace } from "./trace.js";
import { unknown, type Value } from "./values.js";

/** What a branch did that was only tried. */
interface Tried<T> {
  readonly outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ProgramError };
  readonly became: Snapshots;
  readonly traced: Traced;
}

/** What a trial left in the trace. Its problems are gone: they may never come up. */
type Traced = Pick<Trace, "applications" | "lines" | "notes">;

/** Runs branches of which nobody knows whether they run. */
export class Trials {
  constructor(
    readonly journal: Journal,
    readonly trace: () => Trace,
  ) {}

  /**
   * One of two blocks runs. Where one surely fails, the other does. Where one leaves early, the other is what the model usually does.
   * Else names and fields that come out different are unknown; what was applied to tensors counts as in the first.
   */
  either(first: () => Flow, second: () => Flow, why: string): Flow {
    const left = this.#tried(first);
    const right = this.#tried(second);
    if (!left.outcome.ok && !right.outcome.ok) throw left.outcome.error;
    if (!left.outcome.ok) return this.#take(right);
    if (!right.outcome.ok) return this.#take(left);
    const ends = left.outcome.value;
    const otherEnds = right.outcome.value;
    if (ends && !otherEnds) return this.#take(right);
    if (otherEnds && !ends) return this.#take(left);
    joinStores(this.journal, left.became, right.became, why);
    this.#record(left.traced);
    if (ends?.kind === "return" && otherEnds?.kind === "return") return { kind: "return", value: joined(ends.value, otherEnds.value, why) };
    return ends;
  }

  /** One of two expressions is computed. */
  value(first: () => Value, second: () => Value, why: string): Value {
    const ended = this.either(
      () => ({ kind: "return", value: first() }),
      () => ({ kind: "return", value: second() }),
      why,
    );
    return ended?.kind === "return" ? ended.value : unknown(why);
  }

  /** Runs no time, once or often: whatever a pass changes is unknown afterwards, and what it applied does not count. */
  maybe(pass: () => Flow, why: string): void {
    joinStores(this.journal, this.#tried(pass).became, new Map(), why);
  }

  #tried(action: () => Flow): Tried<Flow> {
    const trace = this.trace();
    const counts = [trace.applications.length, trace.problems.length, trace.lines.length, trace.notes.length] as const;
    const { outcome, became } = this.journal.attempt((): Tried<Flow>["outcome"] => {
      try {
        return { ok: true, value: action() };
      } catch (error) {
        if (error instanceof ProgramError) return { ok: false, error };
        throw error;
      }
    });
    trace.problems.length = counts[1];
    const traced = {
      applications: trace.applications.splice(counts[0]),
      lines: trace.lines.splice(counts[2]),
      notes: trace.notes.splice(counts[3]),
    };
    return { outcome, became, traced };
  }

  #take(tried: Tried<Flow>): Flow {
    this.journal.redo(tried.became);
    this.#record(tried.traced);
    return tried.outcome.ok ? tried.outcome.value : undefined;
  }

  #record(traced: Traced): void {
    const trace = this.trace();
    trace.applications.push(...traced.applications);
    trace.lines.push(...traced.lines);
    trace.notes.push(...traced.notes);
  }
}
