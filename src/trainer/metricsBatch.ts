import type { MetricsLine } from "../run/metrics.js";

type StepsLine = Extract<MetricsLine, { kind: "steps" }>;

/** About 30 messages a second: more would cost the trainer, fewer would be seen. */
const INTERVAL_MS = 33;

/** Gathers the numbers of steps into lines. The first step's line is due at once. */
export class MetricsBatch {
  #sent = Number.NEGATIVE_INFINITY;
  #first = 0;
  #loss: number[] = [];
  #accuracy: number[] = [];
  #rate: number[] = [];
  #time: number[] = [];

  add(
    step: number,
    numbers: { readonly loss: number; readonly accuracy: number | undefined; readonly rate: number; readonly time: number },
  ): void {
    if (this.#loss.length === 0) this.#first = step;
    this.#loss.push(numbers.loss);
    if (numbers.accuracy !== undefined) this.#accuracy.push(numbers.accuracy);
    this.#rate.push(numbers.rate);
    this.#time.push(Math.round(numbers.time * 1000) / 1000);
  }

  /** Whether a line should go out; `now` in milliseconds of any clock that only rises. */
  isDue(now: number): boolean {
    return this.#loss.length > 0 && now - this.#sent >= INTERVAL_MS;
  }

  /** What has been added since the last time; undefined if nothing. */
  take(now: number): StepsLine | undefined {
    if (this.#loss.length === 0) return undefined;
    const line: StepsLine = {
      kind: "steps",
      first: this.#first,
      loss: this.#loss,
      ...(this.#accuracy.length > 0 && { accuracy: this.#accuracy }),
      rate: this.#rate,
      time: this.#time,
    };
    this.#sent = now;
    this.#loss = [];
    this.#accuracy = [];
    this.#rate = [];
    this.#time = [];
    return line;
  }
}
