/** What the user wants of a training. */
export type Wish = "run" | "pause" | "stop";

/** Carries wishes from the channel to the loop, and back the news that the loop has come to them. */
export class Controls {
  #wish: Wish = "run";
  /** What the loop has come to. */
  #state: Wish = "run";
  #waiting: (() => void)[] = [];
  #wake: () => void = () => {};

  get wish(): Wish {
    return this.#wish;
  }

  /** Resolves when the loop has come to it, or another wish has taken its place. A stop is final. */
  ask(wish: Wish): Promise<void> {
    if (this.#wish !== wish && this.#wish !== "stop") {
      this.#settle();
      this.#wish = wish;
      this.#wake();
    }
    if (this.#state === this.#wish) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The loop has come to what was wished. */
  reached(): void {
    this.#state = this.#wish;
    this.#settle();
  }

  /** Waits for the end of a pause. */
  async pauseEnds(): Promise<void> {
    while (this.#wish === "pause") {
      this.reached();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #settle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
