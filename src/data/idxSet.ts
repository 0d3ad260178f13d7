import { stat } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../base/userError.js";
import type { Split } from "./dataset.js";
import { type IdxImages, parseIdxImages, parseIdxLabels, readPossiblyGzipped } from "./idx.js";

const ROLES = ["trainImages", "trainLabels", "testImages", "testLabels"] as const;
type Role = (typeof ROLES)[number];

/** The four files of a set. */
export type IdxFiles = Readonly<Record<Role, string>>;

/** MNIST's own names, without .gz; further names for the same in use elsewhere. */
const NAMES: Readonly<Record<Role, readonly string[]>> = {
  trainImages: ["train-images-idx3-ubyte", "train-images.idx3-ubyte", "train-images-idx4-ubyte"],
  trainLabels: ["train-labels-idx1-ubyte", "train-labels.idx1-ubyte"],
  testImages: [
    "t10k-images-idx3-ubyte",
    "t10k-images.idx3-ubyte",
    "test-images-idx3-ubyte",
    "test-images.idx3-ubyte",
    "test-images-idx4-ubyte",
  ],
  testLabels: ["t10k-labels-idx1-ubyte", "t10k-labels.idx1-ubyte", "test-labels-idx1-ubyte", "test-labels.idx1-ubyte"],
};

/** As people should name the four files. */
export const IDX_FILE_NAMES = ROLES.map((role) => `${NAMES[role][0]}.gz`);

/** Which of the four files are there, for a folder or for a prefix of their paths ("letters-" or "letters" in front of each name). */
export async function findIdxFiles(folderOrPrefix: string): Promise<Partial<IdxFiles>> {
  const isFolder = await stat(folderOrPrefix).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const fronts = isFolder ? [folderOrPrefix + path.sep] : [folderOrPrefix, `${folderOrPrefix}-`];
  const found: Partial<Record<Role, string>> = {};
  for (const role of ROLES) {
    const candidates = fronts.flatMap((front) => NAMES[role].flatMap((name) => [`${front}${name}`, `${front}${name}.gz`]));
    const file = await firstFile(candidates);
    if (file !== undefined) found[role] = file;
  }
  return found;
}

export const isComplete = (files: Partial<IdxFiles>): files is IdxFiles => ROLES.every((role) => files[role] !== undefined);

/** The names of those that are not there. */
export const missingNames = (files: Partial<IdxFiles>): string[] =>
  ROLES.filter((role) => files[role] === undefined).map((role) => `${NAMES[role][0]}.gz`);

async function firstFile(candidates: readonly string[]): Promise<string | undefined> {
  for (const candidate of candidates) {
    const isFile = await stat(candidate).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isFile) return candidate;
  }
  return undefined;
}

export interface IdxSet {
  readonly shape: readonly [number, number, number];
  readonly classes: readonly string[];
  readonly train: Split;
  readonly test: Split;
}

/**
 * Reads a set whole and checks it: equal counts and sizes, and test labels within the training labels' range, or below `classCount` where
 * that is known. Throws UserError naming the file that is wrong.
 */
export async function readIdxSet(files: IdxFiles, classCount?: number): Promise<IdxSet> {
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all(ROLES.map((role) => readPossiblyGzipped(files[role])));
  const train = parseSplit(files.trainImages, trainImages, files.trainLabels, trainLabels);
  const test = parseSplit(files.testImages, testImages, files.testLabels, testLabels);
  if (test.shape.join() !== train.shape.join()) {
    throw new UserError(
      `${files.testImages} holds ${test.shape.join("x")} pictures, but ${files.trainImages} ${train.shape.join("x")}.`,
      "dataInvalid",
    );
  }
  const limit = classCount ?? largest(train.split.labels) + 1;
  if (classCount !== undefined) checkLabels(train.split.labels, limit, files.trainLabels);
  checkLabels(test.split.labels, limit, files.testLabels);
  return { shape: train.shape, classes: Array.from({ length: limit }, (_, i) => String(i)), train: train.split, test: test.split };
}

type Bytes = Uint8Array | undefined;

function parseSplit(
  imagesFile: string,
  imageBytes: Bytes,
  labelsFile: string,
  labelBytes: Bytes,
): { shape: IdxImages["shape"]; split: Split } {
  const images = parseIdxImages(imageBytes ?? new Uint8Array(), imagesFile);
  const labels = parseIdxLabels(labelBytes ?? new Uint8Array(), labelsFile);
  if (labels.length !== images.count) {
    throw new UserError(`${labelsFile} holds ${labels.length} labels, but ${imagesFile} ${images.count} images.`, "dataInvalid");
  }
  return { shape: images.shape, split: { count: images.count, images: images.bytes, labels } };
}

const largest = (labels: Int32Array) => labels.reduce((most, label) => Math.max(most, label), 0);

function checkLabels(labels: Int32Array, limit: number, file: string): void {
  const at = labels.findIndex((label) => label >= limit);
  if (at < 0) return;
  throw new UserError(`${file} holds label ${labels[at]} for image ${at + 1}, but classes run from 0 to ${limit - 1}.`, "dataInvalid");
}
