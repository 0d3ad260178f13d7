import { statSync } from "node:fs";
import { UserError } from "../base/userError.js";
import { percent } from "../base/words.js";
import { readPicture } from "../data/pictures/decode.js";
import { fitPicture } from "../data/pictures/fit.js";
import { chooseEngine } from "../engine/choose.js";
import { readModelNetwork } from "./modelNetwork.js";
import { type EngineOptions, engineChoice } from "./places.js";
import { type AnsweringNetwork, readStoredNetwork } from "./storedNetwork.js";
import type { ModelOptions } from "./trainable.js";

export interface PredictOptions extends EngineOptions, Pick<ModelOptions, "target" | "input"> {
  readonly top: number;
  readonly invert?: true;
  /** Of a run "best" or "newest"; of source code a file. */
  readonly weights?: string;
  readonly runs?: string;
  readonly json?: true;
}

interface Prediction {
  readonly class: string;
  readonly probability: number;
}

/** `cnn predict MODEL IMAGE...`, of a run or of a file. */
export async function predict(model: string, images: readonly string[], options: PredictOptions): Promise<undefined> {
  const { who, network } = await answering(model, options);
  const { inputShape, classes, compiled, variables } = network;
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
    if (options.json) console.log(JSON.stringify({ ...who, engine: executor.engine, results }));
    else
      for (const { image, top } of results)
        console.log(`${image}: ${top.map((each) => `${each.class} ${percent(each.probability)}`).join(", ")}`);
  } finally {
    executor.dispose();
  }
}

/** The network that is meant, and what a script is told of it. */
async function answering(model: string, options: PredictOptions): Promise<{ readonly who: object; readonly network: AnsweringNetwork }> {
  const { weights, runs, target, input } = options;
  if (statSync(model, { throwIfNoEntry: false })?.isFile()) {
    const given = {
      ...(target !== undefined && { target }),
      ...(input !== undefined && { input }),
      ...(weights !== undefined && { weights }),
    };
    return { who: { model }, network: await readModelNetwork(model, given) };
  }
  if (weights !== undefined && weights !== "best" && weights !== "newest")
    throw new UserError(`A run has its best and its newest weights, not "${weights}".`);
  const network = await readStoredNetwork(model, weights ?? "best", runs);
  return { who: { run: network.record.id, step: network.step }, network };
}

function best(scores: Iterable<number> | undefined, classes: readonly string[], top: number): Prediction[] {
  return Array.from(scores ?? [], (probability, i) => ({ class: classes[i] ?? String(i), probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
