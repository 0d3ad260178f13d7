import path from "node:path";
import { UserError } from "../base/userError.js";
import type { Dataset, LoadOptions } from "./dataset.js";
import { loadGlyphs } from "./glyphs/load.js";
import { hashSplits } from "./hash.js";
import { findIdxFiles, isComplete, missingNames, readIdxSet } from "./idxSet.js";
import { loadMnist } from "./mnist.js";

/** The names that `loadDataset` knows, for messages and completion. */
export const DATASET_NAMES = ["glyphs", "mnist", "idx:PATH"] as const;

/** Loads a data set by the name a network file gives it. Throws UserError: what is missing or broken, and what to do. */
export async function loadDataset(name: string, options: LoadOptions): Promise<Dataset> {
  const searched = { ...options, searchDirectories: [...options.searchDirectories, ...environmentFolders()] };
  if (name === "glyphs") return loadGlyphs(searched);
  if (name === "mnist") return loadMnist(searched);
  if (name.startsWith("idx:")) return loadIdx(name, searched);
  throw new UserError(`There is no data set "${name}"; choose one of ${DATASET_NAMES.join(", ")}.`, "dataMissing");
}

/** `CNN_LAB_DATA`: folders of data sets, separated as in PATH. */
const environmentFolders = () => (process.env["CNN_LAB_DATA"] ?? "").split(path.delimiter).filter((folder) => folder !== "");

async function loadIdx(name: string, options: LoadOptions): Promise<Dataset> {
  const places = resolveInside(name.slice("idx:".length), options);
  for (const place of places) {
    const files = await findIdxFiles(place);
    if (isComplete(files)) {
      options.onProgress?.({ message: `Reading ${place}` });
      const set = await readIdxSet(files);
      return { name, ...set, hash: await hashSplits(set) };
    }
    const missing = missingNames(files);
    if (missing.length < 4) throw new UserError(`${place} lacks ${missing.join(" and ")} of the data set "${name}".`, "dataMissing");
  }
  throw new UserError(
    `The data set "${name}" was not found at ${places.join(" or ")}: a folder with MNIST's four file names is expected.`,
    "dataMissing",
  );
}

/**
 * Where a path may point. A network file may come from anybody, so its paths stay inside the folders that are searched; a path that the
 * user gave (command line, setting) may also be absolute or climb.
 */
function resolveInside(given: string, { searchDirectories, fromUser = false }: LoadOptions): string[] {
  if (given === "") throw new UserError('"idx:" needs a path: idx:FOLDER.', "dataMissing");
  if (fromUser && path.isAbsolute(given)) return [given];
  const escapes = path.isAbsolute(given) || path.win32.isAbsolute(given) || path.normalize(given).split(path.sep)[0] === "..";
  if (escapes && !fromUser) {
    throw new UserError(
      `"idx:${given}" leaves the workspace: a network file may only name data inside it; use a relative path, or --data.`,
      "dataInvalid",
    );
  }
  return searchDirectories.map((folder) => path.resolve(folder, given));
}
