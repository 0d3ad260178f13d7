import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../base/userError.js";
import { WEIGHTS_FILE, writeTfjsModel } from "../model/tfjs/write.js";
import { readStoredNetwork } from "./storedNetwork.js";

export interface ExportOptions {
  readonly to: "tfjs";
  readonly out?: string;
  readonly weights: "best" | "newest";
  readonly runs?: string;
}

/** `cnn export RUN`. */
export async function exportRun(run: string, options: ExportOptions): Promise<undefined> {
  const { record, network, shapes, classes, compiled, variables, step } = await readStoredNetwork(run, options.weights, options.runs);
  const shapeOf = new Map(compiled.program.variables.map(({ name, shape }) => [name, shape]));
  const model = writeTfjsModel({
    network,
    inputs: new Map(shapes.layers.map(({ layer, inputs }) => [layer.name, inputs.map((shape) => shape ?? [])])),
    weight: (layer, parameter) => {
      const name = `${layer}/${parameter}`;
      return { name: parameter, shape: shapeOf.get(name) ?? [], data: variables.get(name) ?? new Float32Array() };
    },
    metadata: { classes, input: "pixels from 0 to 1: bytes divided by 255", run: record.id, step },
  });
  const folder = options.out ?? `${path.basename(record.network.file).replace(/\.cnn\.json$/, "")}-${record.id}-${options.to}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, WEIGHTS_FILE), model.weights);
    await writeFile(path.join(folder, "model.json"), JSON.stringify(model.json));
  } catch (error) {
    throw new UserError(`${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`, "storage");
  }
  console.log(`${path.join(folder, "model.json")}: load it with tf.loadLayersModel. It takes pixels from 0 to 1 (bytes divided by 255).`);
}
