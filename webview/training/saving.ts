import type { FromTrainingPanel, KernelNumbers, RunView } from "../../src/protocol/trainingPanel.js";
import { csv, single, type Table, tabSeparated } from "../shared/csv.js";
import { pngOf } from "../shared/png.js";
import { lastStep, type Series } from "./series.js";

/** The part of the panel that something is taken from. */
export type Topic = "curves" | "layers" | "kernels";

/** An entry of the menus: the header's has all that save, a part's own has what is its. */
export interface SaveItem {
  readonly topic: Topic;
  readonly does: "save" | "copy";
  readonly label: string;
  run(): Promise<void>;
}

/** A picture that draws itself when asked. */
export interface Picture {
  readonly topic: Topic;
  readonly label: string;
  readonly name: string;
  readonly draw: () => HTMLCanvasElement | undefined;
}

type Post = (message: FromTrainingPanel) => void;

/** What can be saved or copied of a run now. */
export function saveItems(
  run: RunView,
  series: Series,
  numbers: KernelNumbers | undefined,
  pictures: readonly Picture[],
  post: Post,
): SaveItem[] {
  const stem = `run-${run.record.id}`;
  const table = (topic: Topic, what: string, name: string, content: () => Table): SaveItem[] => [
    {
      topic,
      does: "save",
      label: `Save ${what} as CSV`,
      run: async () => post({ type: "save", name: `${stem}-${name}.csv`, content: csv(content()) }),
    },
    { topic, does: "copy", label: `Copy ${what}`, run: () => navigator.clipboard.writeText(tabSeparated(content())) },
  ];
  return [
    ...pictures.map(
      ({ topic, label, name, draw }): SaveItem => ({
        topic,
        does: "save",
        label,
        run: async () => {
          const canvas = draw();
          if (canvas !== undefined) post({ type: "save", name: `${stem}-${name}.png`, content: await pngOf(canvas) });
        },
      }),
    ),
    ...table("curves", "steps", "steps", () => stepsTable(series)),
    ...table("curves", "epochs", "epochs", () => epochsTable(series)),
    ...table("layers", "layers", "layers", () => layersTable(run)),
    ...(numbers === undefined
      ? []
      : table("kernels", `weights of ${numbers.layer}, output ${numbers.output}`, `${numbers.layer}-${numbers.output}`, () =>
          kernelTable(run, numbers),
        )),
  ];
}

function stepsTable(series: Series): Table {
  const hasAccuracy = series.accuracy.length > 0;
  const rows = function* () {
    for (let i = 0; i <= lastStep(series) - series.first; i++) {
      yield [
        series.first + i,
        single(series.time.at(i)),
        single(series.loss.at(i)),
        ...(hasAccuracy ? [single(series.accuracy.at(i))] : []),
        single(series.rate.at(i)),
      ];
    }
  };
  return { head: ["step", "seconds", "loss", ...(hasAccuracy ? ["accuracy"] : []), "learning rate"], rows: rows() };
}

function epochsTable(series: Series): Table {
  return {
    head: ["epoch", "step", "seconds", "train loss", "train accuracy", "validation loss", "validation accuracy"],
    rows: series.epochs.map(({ epoch, step, time, train, validation }) => [
      epoch,
      step,
      time,
      train.loss,
      train.accuracy,
      validation?.loss,
      validation?.accuracy,
    ]),
  };
}

export function layersTable(run: Pick<RunView, "layers">): Table {
  return {
    head: ["layer", "arguments", "output", "parameters", "multiply-adds"],
    rows: run.layers.map((row) => [row.name, row.summary, row.output.join("x"), row.parameters, row.multiplyAdds]),
  };
}

/** One line an input, its weights in row-major order. */
function kernelTable(run: RunView, numbers: KernelNumbers): Table {
  const shape = run.layers.find(({ name }) => name === numbers.layer)?.kernelShape ?? [];
  const size = shape.length === 4 ? (shape[0] ?? 1) * (shape[1] ?? 1) : 1;
  const inputs = Math.floor(numbers.values.length / size);
  const head = Array.from({ length: size }, (_, i) =>
    size === 1 ? "weight" : `row ${Math.floor(i / (shape[1] ?? 1)) + 1} column ${(i % (shape[1] ?? 1)) + 1}`,
  );
  return {
    head: ["input", ...head],
    rows: Array.from({ length: inputs }, (_, i) => [
      numbers.first + i,
      ...Array.from(numbers.values.subarray(i * size, (i + 1) * size), single),
    ]),
  };
}
