import os from "node:os";
import { tensorflowDirectory } from "./executors.js";
import { executeJson, median } from "./measure.js";
import { NETWORKS, type NetworkName } from "./networks.js";
import { pythonWithTorch } from "./torch.js";

const BATCH = 128;
const ROUNDS = 3;

interface Ours {
  readonly version: string;
  readonly ms: number;
  readonly rssMiB: number;
}
interface Torch {
  readonly version: string;
  readonly default: number;
  readonly channelsLast: number;
}

const ours = (engine: string, network: NetworkName, count: number) =>
  executeJson<Ours>(process.execPath, ["dist/bench/step.js", engine, network, String(BATCH), String(count)]);

/** Training steps of both networks: our engines, tfjs-node's own and PyTorch, in turns; medians of three rounds, ratios round by round. */
export async function steps(): Promise<void> {
  const directory = await tensorflowDirectory();
  const python = await pythonWithTorch();
  for (const network of NETWORKS) {
    const rows = { tensorflow: [] as number[], tfjsNode: [] as number[], torch: [] as number[], wasm: [] as number[] };
    const memory = { tensorflow: 0, wasm: 0 };
    let torchVersion = "";
    for (let round = 0; round < ROUNDS; round++) {
      if (directory) {
        const own = await ours("tensorflow", network, 100);
        rows.tensorflow.push(own.ms);
        memory.tensorflow = Math.max(memory.tensorflow, own.rssMiB);
        rows.tfjsNode.push(
          (
            await executeJson<{ ms: number }>(process.execPath, [
              "test/bench/peers/tfjs-node-step.cjs",
              directory,
              network,
              String(BATCH),
              "40",
            ])
          ).ms,
        );
      }
      if (python) {
        const torch = await executeJson<Torch>(python, [
          "test/bench/peers/torch_step.py",
          network,
          String(BATCH),
          "60",
          String(os.availableParallelism()),
        ]);
        rows.torch.push(Math.min(torch.default, torch.channelsLast));
        torchVersion = torch.version;
      }
      const wasm = await ours("wasm", network, 30);
      rows.wasm.push(wasm.ms);
      memory.wasm = Math.max(memory.wasm, wasm.rssMiB);
    }
    const line = (name: string, values: readonly number[], more = "") => {
      if (values.length === 0) return;
      console.log(
        `${network.padEnd(8)} ${name.padEnd(28)} ${median(values).toFixed(2).padStart(8)} ms/step ${Math.round(
          (1000 * BATCH) / median(values),
        )
          .toString()
          .padStart(7)} images/s  ${more}`,
      );
    };
    const times = (values: readonly number[]) => median(values.map((value, i) => value / (rows.tensorflow[i] ?? Number.NaN))).toFixed(2);
    line("tensorflow", rows.tensorflow, `peak ${memory.tensorflow} MiB`);
    line("tfjs-node trainOnBatch", rows.tfjsNode, `tensorflow is ${times(rows.tfjsNode)} times as fast`);
    line(`PyTorch ${torchVersion} (best layout)`, rows.torch, directory ? `tensorflow is ${times(rows.torch)} times as fast` : "");
    line("wasm, one thread", rows.wasm, `peak ${memory.wasm} MiB`);
  }
  if (!directory) console.log("tensorflow and tfjs-node: skipped, the engine is not installed (cnn engine install)");
  if (!python) console.log("PyTorch: skipped, it could not be installed (needs python3 with venv and pip)");
}
