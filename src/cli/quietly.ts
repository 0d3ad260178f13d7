import { spawn } from "node:child_process";
import { NoiseFilter } from "../launch/engineNoise.js";
import { EXIT, type ExitCode } from "./exit.js";

/** Says that this process is the inner one. */
const INNER = "CNN_LAB_INNER";

/**
 * Runs what loads TensorFlow into its process in one whose stderr can be read: the library writes past Node.js. The command line is run
 * again, so this must be the first thing a command does.
 */
export async function quietly(command: () => Promise<ExitCode | undefined>): Promise<ExitCode | undefined> {
  if (process.env[INNER] !== undefined) return command();
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ["inherit", "inherit", "pipe"],
    env: { ...process.env, [INNER]: "1" },
  });
  const filter = new NoiseFilter();
  child.stderr.setEncoding("utf8").on("data", (text: string) => process.stderr.write(filter.write(text)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  process.stderr.write(filter.end());
  return Object.values(EXIT).find((known) => known === code) ?? EXIT.failed;
}
