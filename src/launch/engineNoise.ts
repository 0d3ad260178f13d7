/** What TensorFlow writes to stderr whenever it is loaded, whatever its log level; it tells a user nothing. */
const NOISE = [
  /^WARNING: All log messages before absl::InitializeLog\(\) is called are written to STDERR\r?\n$/,
  /^I\d{4} [\d:.]+\s+\d+ port\.cc:\d+\] oneDNN custom operations are on\. .*\n$/,
];

/** Lets a process's stderr through, but for those lines. */
export class NoiseFilter {
  #rest = "";

  /** The whole lines of what has come so far that were not answered yet; the beginning of one waits for its end. */
  write(text: string): string {
    const lines = (this.#rest + text).split(/(?<=\n)/);
    const last = lines.at(-1) ?? "";
    this.#rest = last.endsWith("\n") ? "" : last;
    return lines.filter((line) => line.endsWith("\n") && !NOISE.some((noise) => noise.test(line))).join("");
  }

  /** What is left when there is no more. */
  end(): string {
    const rest = this.#rest;
    this.#rest = "";
    return rest;
  }
}
