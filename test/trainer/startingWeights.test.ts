import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { readWeights } from "../../src/runs/readRun.js";
import { runFiles } from "../../src/runs/runFolder.js";
import { readStart } from "../../src/runs/startFile.js";
import type { Tensors } from "../../src/runs/tensorFile.js";
import { toyNetwork } from "../fixtures/toySet.js";
import { safetensorsFile } from "../unit/saved/safetensorsFile.js";
import { measured, useWorkspace } from "./harness.js";

const workspace = useWorkspace();
const SOURCE = toyNetwork({ epochs: 2 });

it("a run begins with the weights of a saved model, and its folder is enough to begin it again", async () => {
  const { current } = workspace;
  const first = current.trainText(SOURCE);
  await first.exit;
  const learnt = weightsOf((await readWeights((await first.ready).runDirectory, "newest")).variables);
  const file = path.join(current.folder, "learnt.safetensors");
  writeSafetensors(file, learnt);

  const weights = Object.fromEntries([...learnt.keys()].map((name) => [name, { tensor: name }]));
  const networkFile = path.join(current.folder, "toy.cnn.json");
  const task = {
    task: "train",
    source: SOURCE,
    file: networkFile,
    runsDirectory: current.runs,
    overrides: {},
    start: { file, weights },
  } as const;
  const whole = current.start(task, {});
  await whole.exit;
  const { runDirectory, record } = await whole.ready;
  expect(record.network.weights).toBe("learnt.safetensors");
  expect(await readStart(runDirectory)).toEqual(learnt);
  const [lossOfFirst = 0] = (await measured((await first.ready).runDirectory)).loss;
  const expected = await measured(runDirectory);
  expect(expected.loss[0]).toBeLessThan(lossOfFirst / 2);

  const killed = current.start(task, {});
  const { runDirectory: folder } = await killed.ready;
  await killed.reached(1);
  process.kill(killed.pid, "SIGKILL");
  await killed.exit;
  const { checkpoints } = runFiles(folder);
  for (const name of readdirSync(checkpoints)) rmSync(path.join(checkpoints, name));
  rmSync(file);
  await current.resume(folder, { engine: "wasm" }).exit;
  expect((await measured(folder)).loss).toEqual(expected.loss);
});

it("a run whose saved model lacks a weight does not begin", async () => {
  const { current } = workspace;
  const file = path.join(current.folder, "other.safetensors");
  writeSafetensors(file, new Map([["other", Float32Array.of(1, 2)]]));
  const weights = { "conv/kernel": { tensor: "conv.weight" } };
  const networkFile = path.join(current.folder, "toy.cnn.json");
  const source = SOURCE.replace('"type": "conv2d"', '"type": "conv2d", "name": "conv"');
  const run = current.start(
    { task: "train", source, file: networkFile, runsDirectory: current.runs, overrides: {}, start: { file, weights } },
    {},
  );
  await expect(run.ready).rejects.toThrow(/other\.safetensors has no tensor conv\.weight/);
});

/** Without what the optimizer keeps. */
function weightsOf(variables: Tensors): Tensors {
  return new Map([...variables].filter(([name]) => /^[^/]+\/(kernel|bias)$/.test(name)));
}

function writeSafetensors(file: string, tensors: Tensors): void {
  let at = 0;
  const entries = [...tensors].map(([name, values]) => {
    const entry = { dtype: "F32", shape: [values.length], data_offsets: [at, at + values.byteLength] };
    at += values.byteLength;
    return [name, entry] as const;
  });
  const data = Buffer.concat([...tensors.values()].map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength)));
  writeFileSync(file, safetensorsFile(Object.fromEntries(entries), data));
}
