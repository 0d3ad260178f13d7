import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { writeAtomically } from "./atomicFile.js";
import { decodeTensors, encodeTensors, type TensorFile } from "./tensorFile.js";

/** Tensor files of one sort in a folder, one a step, named by it: "0000003010.checkpoint". */
export class StepFiles {
  constructor(
    private readonly folder: string,
    private readonly extension: string,
  ) {}

  path(step: number): string {
    return path.join(this.folder, `${String(step).padStart(10, "0")}.${this.extension}`);
  }

  /** The steps there are files of, rising. */
  async steps(): Promise<number[]> {
    const names = await readdir(this.folder).catch(() => []);
    const ours = names.filter((name) => name.endsWith(`.${this.extension}`));
    return ours.map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b);
  }

  /** Answers the file's size in bytes. Throws UserError. */
  async write(step: number, file: TensorFile): Promise<number> {
    const bytes = encodeTensors(file);
    await writeAtomically(this.path(step), bytes);
    return bytes.length;
  }

  /** Undefined where there is none, or a damaged one. */
  async read(step: number): Promise<TensorFile | undefined> {
    const bytes = await readFile(this.path(step)).catch(() => undefined);
    return bytes && decodeTensors(bytes);
  }

  async remove(steps: readonly number[]): Promise<void> {
    await Promise.all(steps.map((step) => rm(this.path(step), { force: true })));
  }
}
