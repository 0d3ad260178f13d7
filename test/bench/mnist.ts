import { existsSync } from "node:fs";
import path from "node:path";

/** Where MNIST's four files may be: CNN_LAB_DATA, or a folder beside the repository. Undefined where they are not. */
export function mnistFolder(): string | undefined {
  const folders = [process.env["CNN_LAB_DATA"], "../shared/data"].filter((folder) => folder !== undefined);
  return folders.find((folder) => existsSync(path.join(folder, "mnist", "train-images-idx3-ubyte.gz")));
}
