// Training steps of tfjs-node's own `trainOnBatch`: the peer in `npm run bench`. Prints one JSON line: ms a step.
// usage: node tfjs-node-step.cjs ENGINE_FOLDER lenet5|convnet BATCH STEPS
// tfjs-node comes from this repository; the addon and TensorFlow, which npm does not bring, from the installed engine.
const path = require("node:path");
const util = require("node:util");

// tfjs-node 4.22 calls two functions that Node 23 removed.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;

const [folder, kind, batchText, stepsText] = process.argv.slice(2);
const tf = require("@tensorflow/tfjs");
require("@tensorflow/tfjs-node/dist/register_all_kernels");
const { NodeJSKernelBackend } = require("@tensorflow/tfjs-node/dist/nodejs_kernel_backend");
const binding = require(path.resolve(folder, "lib/napi-v8/tfjs_binding.node"));
tf.registerBackend("tensorflow", () => new NodeJSKernelBackend(binding, "@tensorflow/tfjs-node"), 3);
const batch = Number(batchText);
const { layers } = tf;

const conv = (filters, padding, more = {}) => layers.conv2d({ filters, kernelSize: 5, padding, ...more });
const pool = () => layers.maxPooling2d({ poolSize: 2 });
const lenet5 = () => [
  conv(6, "same", { activation: "relu", inputShape: [28, 28, 1] }),
  pool(),
  conv(16, "valid", { activation: "relu" }),
  pool(),
  layers.flatten(),
  layers.dense({ units: 120, activation: "relu" }),
  layers.dense({ units: 84, activation: "relu" }),
  layers.dense({ units: 10, activation: "softmax" }),
];
const convnet = () => [
  conv(16, "same", { inputShape: [28, 28, 1] }),
  layers.batchNormalization(),
  layers.reLU(),
  pool(),
  conv(32, "same"),
  layers.batchNormalization(),
  layers.reLU(),
  pool(),
  layers.flatten(),
  layers.dense({ units: 10, activation: "softmax" }),
];

async function main() {
  const model = tf.sequential({ layers: kind === "lenet5" ? lenet5() : convnet() });
  model.compile({ optimizer: tf.train.adam(0.001), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const x = tf.randomUniform([batch, 28, 28, 1]);
  const y = tf.oneHot(tf.randomUniform([batch], 0, 10, "int32"), 10);
  for (let i = 0; i < 10; i++) await model.trainOnBatch(x, y);
  const times = [];
  for (let i = 0; i < Number(stepsText); i++) {
    const started = performance.now();
    await model.trainOnBatch(x, y);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  console.log(JSON.stringify({ version: require("@tensorflow/tfjs-node/package.json").version, ms: times[Math.floor(times.length / 2)] }));
}

main();
