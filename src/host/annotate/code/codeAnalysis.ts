import { type LineNote, notesOf, problemsOf } from "../../../reading/notes.js";
import type { ModelReading, ModelTarget, SourceReading } from "../../../reading/types.js";

/** What is known of a text. */
export interface CodeAnalysis {
  readonly source: SourceReading;
  readonly targets: readonly ModelTarget[];
  /** One for each target, in their order. */
  readonly readings: readonly ModelReading[];
  readonly notes: readonly LineNote[];
  readonly problems: ReturnType<typeof problemsOf>;
}

interface ReadTarget {
  readonly target: ModelTarget;
  readonly reading: ModelReading;
}

/** The analysis of a text, a model at a time: those of a long file take longer than anybody waits for an answer to a keystroke. */
export class Analyzing {
  readonly #read = new Map<string, ReadTarget>();
  readonly #found = new Map<string, ReadTarget>();
  readonly #likely: Iterator<ModelTarget>;
  readonly #targets: Iterator<ModelTarget, undefined>;
  #isWhole = false;

  /** `likely` are read first: models that the text most likely makes and someone is writing. */
  constructor(
    readonly source: SourceReading,
    likely: readonly ModelTarget[] = [],
  ) {
    this.#likely = likely.values();
    this.#targets = source.eachTarget();
  }

  /** Nothing is left to be read. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Reads one more model. */
  step(): void {
    const likely = this.#likely.next();
    if (!likely.done) {
      const reading = this.source.read(likely.value);
      if (reading.layers.length > 0) this.#read.set(likely.value.expression, { target: likely.value, reading });
      return;
    }
    const { value: target } = this.#targets.next();
    if (target) this.#found.set(target.expression, { target, reading: this.source.read(target) });
    else this.#isWhole = true;
  }

  /** What has come out so far. */
  get analysis(): CodeAnalysis {
    const { source } = this;
    const all = this.#isWhole ? this.#found : new Map([...this.#read, ...this.#found]);
    const read = [...all.values()].sort((a, b) => a.target.range.start - b.target.range.start);
    const [targets, readings] = [read.map(({ target }) => target), read.map(({ reading }) => reading)];
    const problems = problemsOf([{ problems: source.problems }, ...readings]);
    return { source, targets, readings, notes: notesOf(source.text, readings, targets), problems };
  }
}

/** All of it at once. */
export function analyzed(source: SourceReading): CodeAnalysis {
  const analyzing = new Analyzing(source);
  while (!analyzing.isWhole) analyzing.step();
  return analyzing.analysis;
}
