import { reachableNodes } from "../program/reachable.js";
import { describeShape, lastAxis } from "../program/shapes.js";
import { BATCH, type DataType, type Node, type Program, type ProgramFunction } from "../program/types.js";

/** What is known of a fed tensor before it is used. */
export interface FedTensor {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly data: ArrayLike<number>;
}

/** A feed that must hold class indexes: every number from 0 to below `classes`. */
interface LabelFeed {
  readonly name: string;
  readonly classes: number;
}

/** How many classes an operation allows in the labels it takes; undefined where it takes none. */
function classesOf(node: Node): number | undefined {
  if (node.operation.op === "oneHot") return node.operation.depth;
  const [scores] = node.inputs;
  const scored = node.operation.op === "softmaxCrossEntropy" || node.operation.op === "inTopK";
  return scored && scores ? lastAxis(scores.shape) : undefined;
}

function labelFeeds(program: Program, fn: ProgramFunction): LabelFeed[] {
  const found = new Map<string, number>();
  for (const node of reachableNodes(program, fn)) {
    const classes = classesOf(node);
    const feed = fn.feeds.find(({ value }) => node.inputs.some((input) => input.id === value.id && input.dtype === "int32"));
    if (classes !== undefined && feed) found.set(feed.name, Math.min(classes, found.get(feed.name) ?? classes));
  }
  return [...found].map(([name, classes]) => ({ name, classes }));
}

/** Checks feeds of one function before anything is computed: a failing call may leak or leave an engine unusable. */
export class FeedChecker {
  readonly #labels: readonly LabelFeed[];

  constructor(
    program: Program,
    private readonly name: string,
    private readonly fn: ProgramFunction,
  ) {
    this.#labels = labelFeeds(program, fn);
  }

  /** Answers the number of examples, 1 for a function without a batch axis. Throws an Error that names the feed and both shapes. */
  check(feeds: Readonly<Record<string, FedTensor>>): number {
    const unknown = Object.keys(feeds).filter((name) => !this.fn.feeds.some((feed) => feed.name === name));
    if (unknown.length > 0) throw new Error(`Function ${this.name} takes no feed ${unknown.join(", ")}.`);
    let examples: number | undefined;
    for (const { name, value } of this.fn.feeds) {
      const fed = this.#feed(feeds, name);
      const fits = fed.shape.length === value.shape.length && value.shape.every((size, axis) => size === BATCH || size === fed.shape[axis]);
      if (!fits || fed.dtype !== value.dtype)
        throw new Error(`Feed ${name} must be ${value.dtype} ${describeShape(value.shape)}, not ${fed.dtype} ${describeShape(fed.shape)}.`);
      const size = fed.shape.reduce((product, d) => product * d, 1);
      if (fed.data.length !== size) throw new Error(`Feed ${name} has ${fed.data.length} numbers for ${describeShape(fed.shape)}.`);
      if (value.shape[0] !== BATCH) continue;
      const own = fed.shape[0] ?? 0;
      if (own < 1) throw new Error(`Feed ${name} has no examples.`);
      if (examples !== undefined && examples !== own) throw new Error(`Feed ${name} has ${own} examples where others have ${examples}.`);
      examples = own;
    }
    for (const { name, classes } of this.#labels) checkLabels(name, this.#feed(feeds, name).data, classes);
    return examples ?? 1;
  }

  #feed(feeds: Readonly<Record<string, FedTensor>>, name: string): FedTensor {
    const fed = feeds[name];
    if (!fed) throw new Error(`Function ${this.name} needs the feed ${name}.`);
    return fed;
  }
}

function checkLabels(name: string, labels: ArrayLike<number>, classes: number): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? -1;
    if (!(label >= 0 && label < classes)) throw new Error(`Feed ${name} holds label ${label}; there are classes 0 to ${classes - 1}.`);
  }
}
