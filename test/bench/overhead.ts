import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { initialValues } from "../../src/compile/initialize.js";
import { defaultEnginesDirectory } from "../../src/engine/install/location.js";
import { Session } from "../../src/trainer/session.js";
import { engine, tensorflowDirectory } from "./executors.js";
import { cpuSeconds, median } from "./measure.js";
import { mnistFolder } from "./mnist.js";
import { compiled } from "./networks.js";

const EPOCHS = 4;

/** CPU time of whole epochs (shuffling, batches, validation, metrics, checkpoints) beside that of as many bare steps in the same process. */
export async function overhead(): Promise<void> {
  const folder = mnistFolder();
  if (!folder) return console.log("skipped: MNIST's files are not here (CNN_LAB_DATA)");
  const name = (await tensorflowDirectory()) ? "tensorflow" : "wasm";
  const runs = mkdtempSync(path.join(os.tmpdir(), "cnn-bench-"));
  const ends: number[] = [];
  let stepsPerEpoch = 0;
  const session = new Session({
    progress: () => {},
    metrics: (line) => line.kind === "epoch" && ends.push(cpuSeconds()),
    record: (record) => {
      stepsPerEpoch = record.stepsPerEpoch;
    },
    weights: () => {},
    isBehind: () => false,
  });
  await session.init({
    task: {
      task: "train",
      source: readFileSync("examples/lenet5.cnn.json", "utf8"),
      file: path.resolve("examples/lenet5.cnn.json"),
      runsDirectory: runs,
      overrides: { epochs: EPOCHS },
    },
    settings: {
      engine: name,
      enginesDirectory: defaultEnginesDirectory(),
      cacheDirectory: path.join(runs, "cache"),
      searchDirectories: [path.resolve(folder)],
      allowDownload: false,
    },
  });
  await session.ended;
  rmSync(runs, { recursive: true, force: true });
  const epochs = ends.slice(1).map((end, i) => end - (ends[i] ?? 0));
  const bare: number[] = [];
  const steps = await bareSteps(name);
  for (let i = 0; i < EPOCHS - 1; i++) {
    const before = cpuSeconds();
    steps(stepsPerEpoch);
    bare.push(cpuSeconds() - before);
  }
  const more = 100 * (median(epochs) / median(bare) - 1);
  console.log(
    `${name}: an epoch takes ${median(epochs).toFixed(2)} s of CPU, its ${stepsPerEpoch} bare steps ${median(bare).toFixed(2)} s: ${more.toFixed(1)} % more`,
  );
}

async function bareSteps(name: "tensorflow" | "wasm"): Promise<(count: number) => void> {
  const net = compiled("lenet5");
  const executor = await (await engine(name))(net.program);
  executor.write(initialValues(net, 1));
  const feeds = {
    images: { shape: [128, 28, 28, 1], data: Uint8Array.from({ length: 128 * 784 }, (_, i) => (i * 7919) % 256) },
    labels: { shape: [128], data: Int32Array.from({ length: 128 }, (_, i) => i % 10) },
    learningRate: { shape: [], data: Float32Array.of(0.001) },
    correction: { shape: [], data: Float32Array.of(1) },
    randomCounter: { shape: [2], data: Int32Array.of(1, 0) },
  };
  return (count) => {
    for (let i = 0; i < count; i++) executor.run("train", feeds);
  };
}
