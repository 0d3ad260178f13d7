import { writeFile } from "node:fs/promises";
import { UserError } from "../base/userError.js";
import { thousands } from "../base/words.js";
import type { Split } from "../data/dataset.js";
import { loadDataset } from "../data/load.js";
import { contactSheet } from "../data/pictures/contactSheet.js";
import { abortOnInterrupt } from "./exit.js";
import { dataPlaces } from "./places.js";
import { ProgressLine } from "./progressLine.js";

export interface DataOptions {
  readonly dataFolder?: string;
  readonly download: boolean;
  readonly sheet?: string;
  readonly json?: true;
}

/** Rows of the sheet. */
const SHEET_ROWS = 20;

/** `cnn data NAME`: asking for a set by name is consent to download it. */
export async function data(name: string, options: DataOptions): Promise<undefined> {
  const line = new ProgressLine();
  const dataset = await loadDataset(name, {
    ...dataPlaces([process.cwd()], options.dataFolder),
    allowDownload: options.download,
    fromUser: true,
    onProgress: (progress) => line.show(progress),
    signal: abortOnInterrupt(),
  }).finally(() => line.end());
  if (options.sheet !== undefined) await saveSheet(options.sheet, contactSheet(dataset, dataset.train, SHEET_ROWS));
  const { shape, classes, hash, train, test } = dataset;
  const perClass = { train: countByClass(train, classes.length), test: countByClass(test, classes.length) };
  if (options.json) {
    console.log(JSON.stringify({ name, shape, classes, hash, train: train.count, test: test.count, perClass }));
    return;
  }
  const range = (counts: readonly number[]) => `${thousands(Math.min(...counts))} to ${thousands(Math.max(...counts))} a class`;
  console.log(`${name}: ${shape.join("x")}, ${classes.length} classes (${classes.join(" ")})`);
  console.log(`train  ${thousands(train.count)} images, ${range(perClass.train)}`);
  console.log(`test   ${thousands(test.count)} images, ${range(perClass.test)}`);
  console.log(`sha256 ${hash}`);
  if (options.sheet !== undefined) console.log(`sheet  ${options.sheet}`);
}

function countByClass({ labels }: Split, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

async function saveSheet(file: string, png: Uint8Array): Promise<void> {
  await writeFile(file, png).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} cannot be written (${error.code ?? error.message}).`);
  });
}
