import type { Application, CatalogueStep } from "../interpret/trace.js";
import { layerKind } from "../layers/catalogue.js";
import type { ReadLayer } from "./types.js";

/** A step that learns something, of an application that happens in a layer of the reading. */
export interface LearningStep {
  readonly layer: ReadLayer;
  readonly application: Application;
  readonly step: CatalogueStep;
  /** Which of the application's steps. */
  readonly index: number;
}

/** A layer of the file's, and what it was written for. */
interface Learner {
  readonly name: string;
  readonly step: CatalogueStep;
}

/** Which layers of a file learn what: layers that are applied again, and functions that are given the same weights, use theirs. */
export class Learners {
  readonly #known = new Map<object, Map<string, Learner>>();

  /** The layer whose weights a step uses; undefined where it has its own, "another way" where it makes something else of them. */
  find(learning: LearningStep): string | "another way" | undefined {
    const { whose, what } = this.#learned(learning);
    const found = what.map((each) => this.#known.get(whose)?.get(each));
    const [first] = found;
    if (found.every((learner) => !learner)) return undefined;
    const isSame = found.every((learner) => learner === first) && first && sameUse(first.step, learning.step);
    return isSame ? first.name : "another way";
  }

  add(learning: LearningStep, name: string): void {
    const { whose, what } = this.#learned(learning);
    const known = this.#known.get(whose) ?? new Map<string, Learner>();
    this.#known.set(whose, known);
    for (const each of what) known.set(each, { name, step: learning.step });
  }

  /** A layer of the framework's has weights of its own for each step; functions are given them by name. */
  #learned({ layer, application, step, index }: LearningStep): { readonly whose: object; readonly what: readonly string[] } {
    const { role, owner, parameters } = application;
    if (role === "layer") return { whose: owner, what: parameters.length > 0 && canLearn(step) ? [String(index)] : [] };
    const whose = layer.role === "layer" && layer.application ? layer.application.owner : this;
    return { whose, what: Object.values(step.weights ?? {}).map(({ parameter }) => parameter) };
  }
}

/** All layers that have weights can be frozen. */
function canLearn({ type }: CatalogueStep): boolean {
  return layerKind(type)?.arguments["trainable"] !== undefined;
}

function sameUse(a: CatalogueStep, b: CatalogueStep): boolean {
  return a.type === b.type && JSON.stringify(a.weights) === JSON.stringify(b.weights);
}
