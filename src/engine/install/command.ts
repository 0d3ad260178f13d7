import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly cwd?: string;
  /** Beside the process's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends the command and all it started. */
  readonly signal?: AbortSignal | undefined;
}

/** A command that could not be started or ended badly; `reason` is its last line of complaint. */
export class CommandError extends Error {
  constructor(
    readonly command: string,
    readonly reason: string,
  ) {
    super(`${command}: ${reason}`);
  }
}

/** The line that says most: the last one that names an error, else the last. */
function complaint(text: string): string {
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  return lines.filter((line) => /\berror: /i.test(line)).at(-1) ?? lines.at(-1) ?? "no message";
}

/** Ends a process and all it started; it may have ended just now. */
function endGroup(processId: number): void {
  try {
    process.kill(-processId, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Runs a command to its end and answers what it printed. Rejects with a CommandError, or with the signal's reason. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { cwd, environment, signal } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // A group of its own, so that what it starts can be ended with it. Windows finds npm and pip only through its shell.
    const windows = process.platform === "win32";
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: !windows,
      shell: windows,
    });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    const stop = () => {
      if (child.pid === undefined || windows) child.kill("SIGKILL");
      else endGroup(child.pid);
    };
    signal?.addEventListener("abort", stop, { once: true });
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(new CommandError(command, error.code === "ENOENT" ? "it is not installed" : error.message));
    });
    child.once("close", (code) => {
      signal?.removeEventListener("abort", stop);
      if (signal?.aborted) reject(signal.reason);
      else if (code === 0) resolve(output);
      else reject(new CommandError(command, complaint(errors || output)));
    });
  });
}

/** The first of some commands that runs with these arguments; undefined where none does. */
export async function firstWorking(commands: readonly string[], args: readonly string[]): Promise<string | undefined> {
  for (const command of commands) {
    const works = await runCommand(command, args).then(
      () => true,
      () => false,
    );
    if (works) return command;
  }
  return undefined;
}
