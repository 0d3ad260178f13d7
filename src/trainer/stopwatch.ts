/** Seconds of training: runs on from where a checkpoint left it, stands still in pauses. */
export class Stopwatch {
  #started: number | undefined;

  constructor(private elapsed: number) {}

  get seconds(): number {
    return this.elapsed + (this.#started === undefined ? 0 : (performance.now() - this.#started) / 1000);
  }

  start(): void {
    this.#started ??= performance.now();
  }

  stop(): void {
    this.elapsed = this.seconds;
    this.#started = undefined;
  }
}
