// The command `cnn`: what there is, said to commander. Each command's code is loaded only when it is called.
import { readFileSync } from "node:fs";
import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { EXIT, runCommand } from "./exit.js";
import { quietly } from "./quietly.js";

const { version } = JSON.parse(readFileSync(path.join(__dirname, "..", "package.json"), "utf8")) as { version: string };

const program = new Command("cnn")
  .description("CNN Lab: train convolutional neural networks, look at their shapes, use them.")
  .version(version)
  .showHelpAfterError("(--help says more)")
  .configureHelp({ sortSubcommands: false })
  .addHelpText("after", "\nExit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.");

const ENGINES = ["auto", "tensorflow", "wasm"];
const engineOption = () =>
  new Option("--engine <name>", "what computes; auto: tensorflow where it is installed").choices(ENGINES).default("auto");
const threadsOption = () => new Option("--threads <n>", "threads to compute with (default: one for each core)").argParser(count);
const runsOption = () => new Option("--runs <dir>", "folder of runs (default: the nearest .cnn/runs, upwards from here)");
const jsonOption = (what: string) => new Option("--json", what);
const dataFolderOption = () => new Option("--data-folder <dir>", "folder to look for data sets in, beside the network's and this one");

program
  .command("train")
  .description("train a network; Ctrl-C writes a checkpoint and stops")
  .argument(
    "<file>",
    "network, such as examples/lenet5.cnn.json, source code (PyTorch, Keras, TensorFlow.js, Flux) or a saved model (Keras, ONNX, TensorFlow.js)",
  )
  .option("--target <expression>", "which model of source code, such as 'ResNet18()'")
  .option("--input <shape>", "one example's shape instead of the file's, such as 1x28x28")
  .option("--weights <file>", "state dict that a model of PyTorch source code starts from: .pt, .pth or .safetensors")
  .addOption(new Option("--epochs <n>", "instead of the file's").argParser(count))
  .addOption(new Option("--seed <n>", "instead of the file's").argParser(natural))
  .option("--data <name>", "instead of the file's: glyphs, mnist or idx:PATH")
  .addOption(dataFolderOption())
  .option("--download", "download a data set that is not on this machine")
  .addOption(engineOption())
  .addOption(threadsOption())
  .addOption(runsOption())
  .addOption(jsonOption("one JSON object a line; the last one is the result"))
  .action(runCommand(async (file: string, options) => (await import("./train.js")).train(file, options)));

program
  .command("resume")
  .description("go on with a run from its last checkpoint")
  .argument("<run>", "its id, the beginning of it, its folder, or last")
  .addOption(new Option("--rate <rate>", "learning rate to go on with").argParser(positive))
  .addOption(dataFolderOption())
  .option("--download", "download a data set that is not on this machine")
  .addOption(new Option("--engine <name>", "what computes (default: as before)").choices(ENGINES))
  .addOption(new Option("--threads <n>", "threads to compute with (default: as before)").argParser(count))
  .addOption(runsOption())
  .addOption(jsonOption("one JSON object a line; the last one is the result"))
  .action(runCommand(async (run: string, options) => (await import("./train.js")).resume(run, options)));

program
  .command("shapes")
  .description("show every layer's output shape, parameters and multiply-adds")
  .argument("<file>", "network file, source code (PyTorch, Keras, TensorFlow.js, Flux), notebook or saved model")
  .option("--target <expression>", "which model of source code, such as 'ResNet18()'")
  .option("--input <shape>", "one example's shape instead of the file's, such as 28x28x1; several with commas between")
  .addOption(jsonOption("one JSON object"))
  .action(runCommand(async (file: string, options) => (await import("./shapes.js")).shapes(file, options)));

program
  .command("predict")
  .description("say what a trained network sees in pictures (PNG, JPEG, BMP)")
  .argument("<model>", "a run: its id, the beginning of it, its folder, or last; or the file of a saved model or of source code")
  .argument("<image...>", "pictures; stretched to the network's input, made gray if it takes gray")
  .addOption(new Option("--top <n>", "how many classes to name").argParser(count).default(3))
  .option("--invert", "dark on light becomes light on dark, as MNIST and the glyphs are")
  .option("--weights <which>", "of a run best or newest (default: best); of PyTorch source code the file of a state dict")
  .option("--target <expression>", "which model of source code, such as 'ResNet18()'")
  .option("--input <shape>", "one example's shape instead of the file's, such as 1x28x28")
  .addOption(engineOption())
  .addOption(runsOption())
  .addOption(jsonOption("one JSON object"))
  .action(
    runCommand((model: string, images: string[], options) =>
      quietly(async () => (await import("./predict.js")).predict(model, images, options)),
    ),
  );

const runs = program.command("runs").description("list runs, or remove them");
runs
  .command("list", { isDefault: true })
  .description("list runs, the newest first")
  .addOption(runsOption())
  .addOption(jsonOption("one JSON array of run records"))
  .action(runCommand(async (options) => (await import("./runs.js")).list(options)));
runs
  .command("rm")
  .description("delete runs with all their files")
  .argument("<run...>", "ids, beginnings of them, folders, or last")
  .addOption(runsOption())
  .action(runCommand(async (names: string[], options) => (await import("./runs.js")).remove(names, options)));

program
  .command("data")
  .description("fetch a data set and describe it")
  .argument("<name>", "glyphs, mnist or idx:PATH")
  .addOption(dataFolderOption())
  .option("--no-download", "fail rather than download")
  .option("--sheet <file>", "save a PNG that shows pictures of each class")
  .addOption(jsonOption("one JSON object"))
  .action(runCommand(async (name: string, options) => (await import("./data.js")).data(name, options)));

const engine = program.command("engine").description("the TensorFlow engine: several times faster than wasm");
engine
  .command("status", { isDefault: true })
  .description("say whether it is installed")
  .addOption(jsonOption("one JSON object"))
  .action(runCommand(async (options) => (await import("./engine.js")).status(options)));
engine
  .command("install")
  .description("install it for this user, or repair it")
  .action(runCommand(async () => (await import("./engine.js")).install()));
engine
  .command("verify")
  .description("check every byte, and that it loads")
  .action(runCommand(async () => (await import("./engine.js")).verify()));
engine
  .command("remove")
  .description("remove it from this machine")
  .action(runCommand(async () => (await import("./engine.js")).remove()));

program
  .command("export")
  .description("write a trained network for other programs")
  .argument("<run>", "its id, the beginning of it, its folder, or last")
  .addOption(new Option("--to <format>", "tfjs: a TensorFlow.js layers model").choices(["tfjs"]).default("tfjs"))
  .option("--out <dir>", "folder to write (default: NETWORK-RUN-tfjs)")
  .addOption(new Option("--weights <which>", "whose weights").choices(["best", "newest"]).default("best"))
  .addOption(runsOption())
  .action(runCommand(async (run: string, options) => (await import("./export.js")).exportRun(run, options)));

program
  .command("bench")
  .description("measure training steps of a network on this machine's engines")
  .argument("<file>", "network file")
  .addOption(new Option("--steps <n>", "steps to measure, after a warm-up").argParser(count).default(50))
  .addOption(new Option("--batch <n>", "instead of the file's batch size").argParser(count))
  .addOption(new Option("--engine <name>", "one engine only").choices(["tensorflow", "wasm"]))
  .addOption(threadsOption())
  .addOption(jsonOption("one JSON array"))
  .action(runCommand(async (file: string, options) => (await import("./bench.js")).bench(file, options)));

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It is a whole number from 1.");
  return Number(text);
}

function natural(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is a whole number from 0.");
  return Number(text);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new InvalidArgumentError("It is a number above 0.");
  return value;
}

/** Commander knows only 0 and 1. */
const exitOfUsage = ({ exitCode }: { readonly exitCode: number }): never => process.exit(exitCode === 0 ? EXIT.done : EXIT.usage);
for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])]) command.exitOverride(exitOfUsage);

// Whoever reads may stop reading: cnn runs | head. A training ends then as when its window closes, with a checkpoint.
process.stdout.on("error", () => process.exit(EXIT.done));

void program.parseAsync();
