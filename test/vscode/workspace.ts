import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { toyNetwork, writeToySet } from "../fixtures/toySet.js";
import { LENET, onnxFile } from "../unit/saved/onnxFile.js";

/** Fits nowhere: a 7x7 kernel on 5x5. */
const BROKEN = `{
  "input": [5, 5, 1],
  "layers": [
    { "type": "conv2d", "filters": 4, "kernelSize": 1 },
    { "type": "conv2d", "filters": 4, "kernelSize": 7 },
    { "type": "flatten" },
    { "type": "dense", "units": 4, "activation": "softmax" }
  ]
}
`;

/** A folder to open: LeNet-5, a broken network, and toy networks with their data: short, long and diverging; a saved model, whole and cut off. */
export function makeWorkspace(): { readonly folder: string; dispose(): void } {
  const parent = mkdtempSync(path.join(os.tmpdir(), "cnn-lab-ws-"));
  const folder = path.join(parent, "networks");
  mkdirSync(folder);
  copyFileSync("examples/lenet5.cnn.json", path.join(folder, "lenet5.cnn.json"));
  for (const name of readdirSync("examples/code")) copyFileSync(path.join("examples/code", name), path.join(folder, name));
  writeToySet(path.join(folder, "toy"));
  writeFileSync(path.join(folder, "toy.cnn.json"), toyNetwork());
  writeFileSync(path.join(folder, "long.cnn.json"), toyNetwork({ epochs: 5000 }));
  writeFileSync(path.join(folder, "diverging.cnn.json"), toyNetwork({ epochs: 50, optimizer: { type: "sgd", learningRate: 1e12 } }));
  writeFileSync(path.join(folder, "broken.cnn.json"), BROKEN);
  writeFileSync(path.join(folder, "lenet.onnx"), onnxFile(LENET));
  writeFileSync(path.join(folder, "cut.onnx"), onnxFile(LENET).subarray(0, 200));
  return { folder, dispose: () => rmSync(parent, { recursive: true, force: true }) };
}
