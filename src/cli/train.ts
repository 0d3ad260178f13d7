import path from "node:path";
import { UserError } from "../base/userError.js";
import { TrainerProcess } from "../launch/trainerProcess.js";
import type { TrainerSettings, TrainerTask } from "../protocol/trainer.js";
import type { RunRecord } from "../run/record.js";
import { EXIT, type ExitCode, onInterrupt } from "./exit.js";
import { dataPlaces, type EngineOptions, engineChoice, findRun, runsDirectory } from "./places.js";
import { type ModelOptions, readTrainable } from "./trainable.js";
import { JsonView } from "./views/jsonView.js";
import { TextView } from "./views/textView.js";
import type { TrainView } from "./views/trainView.js";

interface CommonOptions {
  readonly dataFolder?: string;
  readonly download?: true;
  readonly threads?: number;
  readonly runs?: string;
  readonly json?: true;
}

export interface TrainOptions extends CommonOptions, EngineOptions, ModelOptions {
  readonly epochs?: number;
  readonly seed?: number;
  readonly data?: string;
}

export interface ResumeOptions extends CommonOptions {
  readonly engine?: EngineOptions["engine"];
  readonly rate?: number;
}

const TRAINER_FILE = path.join(__dirname, "trainer.js");

/** `cnn train FILE`. */
export async function train(file: string, options: TrainOptions): Promise<ExitCode> {
  const { epochs, seed, data } = options;
  const absolute = path.resolve(file);
  const task: TrainerTask = {
    task: "train",
    ...(await readTrainable(file, options)),
    file: absolute,
    runsDirectory: runsDirectory(options.runs),
    overrides: { ...(epochs !== undefined && { epochs }), ...(seed !== undefined && { seed }), ...(data !== undefined && { data }) },
  };
  return watch(task, settings(absolute, options, options), options);
}

/** `cnn resume RUN`: with the engine and threads it had, unless others are asked for. */
export async function resume(name: string, options: ResumeOptions): Promise<ExitCode> {
  const { folder, record } = await findRun(name, options.runs);
  const before = record.engine.name === "reference" ? "auto" : record.engine.name;
  const engine = { engine: options.engine ?? before, threads: options.threads ?? record.engine.threads };
  const file = path.resolve(folder, "..", "..", "..", record.network.file);
  const rate = options.rate === undefined ? {} : { learningRate: options.rate };
  return watch({ task: "resume", runDirectory: folder, ...rate }, settings(file, engine, options), options);
}

/** A path given on the command line is meant from here, one in the network's file from there. */
function settings(networkFile: string, engine: EngineOptions, options: CommonOptions & { readonly data?: string }): TrainerSettings {
  const beside = path.dirname(networkFile);
  const folders = options.data === undefined ? [beside, process.cwd()] : [process.cwd(), beside];
  return { ...engineChoice(engine), ...dataPlaces(folders, options.dataFolder), allowDownload: options.download ?? false };
}

/** Shows a training until it is over. */
async function watch(task: TrainerTask, trainerSettings: TrainerSettings, { json }: CommonOptions): Promise<ExitCode> {
  const view: TrainView = json ? new JsonView() : new TextView();
  const trainer = new TrainerProcess(TRAINER_FILE, task, trainerSettings);
  let interrupted = false;
  let runDirectory = "";
  const stopListening = onInterrupt(
    () => {
      interrupted = true;
      view.stopping();
      void trainer.stop();
    },
    () => trainer.pid !== undefined && process.kill(trainer.pid, "SIGKILL"),
  );
  trainer.onDidProgress((progress) => view.progress(progress));
  trainer.onDidAddMetrics((line) => view.metrics(line));
  const ended = new Promise<{ readonly record: RunRecord | undefined; readonly message: string }>((resolve) => trainer.onDidExit(resolve));
  try {
    const ready = await trainer.ready;
    runDirectory = ready.runDirectory;
    view.ready(ready);
    const { record, message } = await ended;
    if (record === undefined) throw new UserError(message);
    view.ended(record, runDirectory, message);
    if (interrupted) return EXIT.interrupted;
    return record.state === "finished" ? EXIT.done : EXIT.failed;
  } catch (error) {
    view.failed(error);
    if (interrupted) return EXIT.interrupted;
    throw error;
  } finally {
    stopListening();
    trainer.dispose();
  }
}
