import { percent } from "../base/words.js";
import { readPicture } from "../data/pictures/decode.js";
import { fitPicture } from "../data/pictures/fit.js";
import { chooseEngine } from "../engine/choose.js";
import { type EngineOptions, engineChoice } from "./places.js";
import { readStoredNetwork } from "./storedNetwork.js";

export interface PredictOptions extends EngineOptions {
  readonly top: number;
  readonly invert?: true;
  readonly weights: "best" | "newest";
  readonly runs?: string;
  readonly json?: true;
}

interface Prediction {
  readonly class: string;
  readonly probability: number;
}

/** `cnn predict RUN IMAGE...`. */
export async function predict(run: string, images: readonly string[], options: PredictOptions): Promise<undefined> {
  const { record, inputShape, classes, compiled, variables, step } = await readStoredNetwork(run, options.weights, options.runs);
  const pictures = await Promise.all(images.map(readPicture));
  const pixels = pictures.map((picture) => fitPicture(picture, { shape: inputShape, invert: options.invert ?? false }));
  const createExecutor = await chooseEngine(engineChoice(options));
  const executor = await createExecutor(compiled.program);
  try {
    executor.write(variables);
    const [answer] = executor.run("predict", { images: { shape: [images.length, ...inputShape], data: Buffer.concat(pixels) } });
    const width = classes.length;
    const results = images.map((image, i) => ({
      image,
      top: best(answer?.data.subarray(i * width, (i + 1) * width), classes, options.top),
    }));
    if (options.json) console.log(JSON.stringify({ run: record.id, step, engine: executor.engine, results }));
    else
      for (const { image, top } of results)
        console.log(`${image}: ${top.map((each) => `${each.class} ${percent(each.probability)}`).join(", ")}`);
  } finally {
    executor.dispose();
  }
}

function best(scores: Iterable<number> | undefined, classes: readonly string[], top: number): Prediction[] {
  return Array.from(scores ?? [], (probability, i) => ({ class: classes[i] ?? String(i), probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
