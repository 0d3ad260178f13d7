import type { Arguments, InstanceValue, Value } from "../../../interpret/values.js";
import type { TrainingSaid } from "../../framework.js";
import { type Datum, type DatumRecord, isRecord } from "../layers/data.js";
import { LOSSES, nameOf, OPTIMIZERS, plain } from "../trainingWords.js";
import { toDatum } from "./datum.js";

const said = new WeakMap<InstanceValue, TrainingSaid>();

/** What a program has said of a model's training by compile and fit, where it says so plainly. */
export function trainingOf(model: Value): TrainingSaid | undefined {
  return model.kind === "instance" ? said.get(model) : undefined;
}

/** model.compile(optimizer, loss): what ours has no word for is left out. */
export function compiled(self: InstanceValue, { positional, named }: Arguments): void {
  const optimizer = optimizerOf(argument(positional[0] ?? named.get("optimizer")));
  const loss = LOSSES[plain(nameOf(argument(positional[1] ?? named.get("loss"))) ?? "")];
  said.set(self, { ...said.get(self), ...(optimizer && { optimizer }), ...(loss !== undefined && { loss }) });
}

/** model.fit(x, y, batch_size, epochs). */
export function fitted(self: InstanceValue, { positional, named }: Arguments): void {
  const counts = {
    batchSize: named.get("batch_size") ?? positional[2],
    epochs: named.get("epochs") ?? named.get("nb_epoch") ?? positional[3],
  };
  const known = Object.entries(counts).flatMap(([name, value]): [string, number][] => {
    const count = value && toDatum(value);
    return typeof count === "number" && Number.isInteger(count) && count > 0 ? [[name, count]] : [];
  });
  said.set(self, { ...said.get(self), ...Object.fromEntries(known) });
}

const argument = (value: Value | undefined): Datum => value && toDatum(value);

function optimizerOf(datum: Datum): DatumRecord | undefined {
  const known = OPTIMIZERS[plain(nameOf(datum) ?? "")];
  if (!known) return undefined;
  const config = isRecord(datum) && isRecord(datum["config"]) ? datum["config"] : {};
  const fields = Object.entries(config).map(([name, value]): [string | undefined, Datum] => [
    known.names[name === "lr" ? "learning_rate" : name],
    value,
  ]);
  // A rate that follows a schedule, or an argument that ours has not, makes it another optimizer.
  const isPlain = fields.every(([name, value]) => name !== undefined && (typeof value === "number" || typeof value === "boolean"));
  return isPlain ? { type: known.type, ...Object.fromEntries(fields) } : undefined;
}
