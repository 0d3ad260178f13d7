import type { FromTrainingPanel, KernelNumbers, RunView } from "../../src/protocol/trainingPanel.js";
import { csv } from "../shared/csv.js";
import { lastStep, type Series } from "./series.js";

/** An entry of the save menu. */
export interface SaveItem {
  readonly label: string;
  save(): Promise<void>;
}

type Post = (message: FromTrainingPanel) => void;

/** What can be saved of a run now. `pictures` draw themselves when asked. */
export function saveItems(
  run: RunView,
  series: Series,
  numbers: KernelNumbers | undefined,
  pictures: readonly { readonly label: string; readonly name: string; readonly draw: () => HTMLCanvasElement | undefined }[],
  post: Post,
): SaveItem[] {
  const stem = `run-${run.record.id}`;
  const text = (label: string, name: string, content: () => string): SaveItem => ({
    label,
    save: async () => post({ type: "save", name: `${stem}-${name}.csv`, content: content() }),
  });
  return [
    ...pictures.map(({ label, name, draw }) => ({
      label,
      save: async () => {
        const canvas = draw();
        if (canvas !== undefined) post({ type: "save", name: `${stem}-${name}.png`, content: await pngOf(canvas) });
      },
    })),
    text("Save steps as CSV", "steps", () => stepsCsv(series)),
    text("Save epochs as CSV", "epochs", () => epochsCsv(series)),
    text("Save layers as CSV", "layers", () => layersCsv(run)),
    ...(numbers === undefined
      ? []
      : [
          text(`Save weights of ${numbers.layer}, output ${numbers.output} as CSV`, `${numbers.layer}-${numbers.output}`, () =>
            kernelCsv(run, numbers),
          ),
        ]),
  ];
}

export function stepsCsv(series: Series): string {
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
  return csv(["step", "seconds", "loss", ...(hasAccuracy ? ["accuracy"] : []), "learning rate"], rows());
}

export function epochsCsv(series: Series): string {
  return csv(
    ["epoch", "step", "seconds", "train loss", "train accuracy", "validation loss", "validation accuracy"],
    series.epochs.map(({ epoch, step, time, train, validation }) => [
      epoch,
      step,
      time,
      train.loss,
      train.accuracy,
      validation?.loss,
      validation?.accuracy,
    ]),
  );
}

export function layersCsv(run: RunView): string {
  return csv(
    ["layer", "arguments", "output", "parameters", "multiply-adds"],
    run.layers.map((row) => [row.name, row.summary, row.output.join("x"), row.parameters, row.multiplyAdds]),
  );
}

/** One line an input, its weights in row-major order. */
export function kernelCsv(run: RunView, numbers: KernelNumbers): string {
  const shape = run.layers.find(({ name }) => name === numbers.layer)?.kernelShape ?? [];
  const size = shape.length === 4 ? (shape[0] ?? 1) * (shape[1] ?? 1) : 1;
  const inputs = Math.floor(numbers.values.length / size);
  const head = Array.from({ length: size }, (_, i) =>
    size === 1 ? "weight" : `row ${Math.floor(i / (shape[1] ?? 1)) + 1} column ${(i % (shape[1] ?? 1)) + 1}`,
  );
  return csv(
    ["input", ...head],
    Array.from({ length: inputs }, (_, i) => [numbers.first + i, ...Array.from(numbers.values.subarray(i * size, (i + 1) * size), single)]),
  );
}

/** A float32 with no more digits than it has. */
function single(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(8))) : String(value);
}

async function pngOf(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
}
