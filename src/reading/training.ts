import type { TextRange } from "../base/text.js";
import type { SourceFramework, TrainingSaid } from "../frameworks/framework.js";
import { type Constant, Constants } from "../frameworks/training/constants.js";
import type { Value } from "../interpret/values.js";
import type { Argument } from "../layers/arguments.js";
import { TRAINING_ARGUMENTS } from "../model/trainingArguments.js";
import { Definitions } from "../syntax/definitions.js";
import type { Expression, Module } from "../syntax/tree.js";
import { callsIn } from "../syntax/walk.js";

/** A model, and the text it is made in. */
export interface TrainedModel {
  readonly framework: SourceFramework;
  readonly model: Value;
  readonly tree: Module;
  /** Of the model's name where it is defined. */
  readonly range: TextRange;
  /** What an expression has come out as. */
  known(expression: Expression): Value | undefined;
}

/**
 * How a program trains a model: what running it has shown, else what the text says of it, else of all models of the file. Of models that
 * are trained in different ways nothing is said.
 */
export function trainingOf({ framework, model, tree, range, known }: TrainedModel): TrainingSaid {
  const shown = framework.training?.(model);
  if (!framework.trainingIn) return shown ?? {};
  const definitions = new Definitions(tree.body);
  const constants = new Constants(definitions, (expression) => constantOf(known(expression)));
  const definition = tree.body.filter((statement) => statement.range.start <= range.start && range.end <= statement.range.end);
  const [all, own] = [tree.body, definition].map((body) => framework.trainingIn?.({ calls: callsIn(body), definitions, constants }));
  return { ...all, ...own, ...shown };
}

/** What ours can be trained with: programs also say what no optimizer takes. */
export function soundTraining(said: TrainingSaid): TrainingSaid {
  const checks: Readonly<Record<string, Pick<Argument<unknown>, "read">>> = TRAINING_ARGUMENTS;
  return Object.fromEntries(Object.entries(said).filter(([name, value]) => checks[name]?.read(value).ok));
}

function constantOf(value: Value | undefined): Constant | undefined {
  switch (value?.kind) {
    case "number":
    case "string":
    case "boolean":
      return value.value;
    default:
      return undefined;
  }
}
