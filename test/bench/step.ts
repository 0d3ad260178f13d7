// Training steps of this engine, as the peers count theirs. Prints one JSON line: ms a step.
// usage: node step.cjs tensorflow|wasm lenet5|convnet BATCH STEPS
import { initialValues } from "../../src/compile/initialize.js";
import type { EngineName } from "../../src/program/engine.js";
import { engine } from "./executors.js";
import { median } from "./measure.js";
import { compiled, type NetworkName } from "./networks.js";

const [name = "", network = "", batchText, stepsText] = process.argv.slice(2);
const batch = Number(batchText);

async function main(): Promise<void> {
  const net = compiled(network as NetworkName);
  const create = await engine(name as EngineName);
  const executor = await create(net.program);
  executor.write(initialValues(net, 1));
  const images = Uint8Array.from({ length: batch * 28 * 28 }, (_, i) => (i * 7919) % 256);
  const labels = Int32Array.from({ length: batch }, (_, i) => i % 10);
  let count = 0;
  const step = () => {
    count++;
    return executor.run("train", {
      images: { shape: [batch, 28, 28, 1], data: images },
      labels: { shape: [batch], data: labels },
      learningRate: { shape: [], data: Float32Array.of(0.001) },
      correction: { shape: [], data: Float32Array.of(Math.sqrt(1 - 0.999 ** count) / (1 - 0.9 ** count)) },
      randomCounter: { shape: [2], data: Int32Array.of(count, 0) },
    });
  };
  for (let i = 0; i < 10; i++) step();
  const times: number[] = [];
  for (let i = 0; i < Number(stepsText); i++) {
    const started = performance.now();
    step();
    times.push(performance.now() - started);
  }
  const { version, threads } = executor.engine;
  console.log(JSON.stringify({ version, threads, ms: median(times), rssMiB: Math.round(process.resourceUsage().maxRSS / 1024) }));
  executor.dispose();
}

void main();
