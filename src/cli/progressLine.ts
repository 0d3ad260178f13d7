import cliProgress from "cli-progress";

/** What something that takes long says of itself. */
export interface Progress {
  readonly message: string;
  readonly fraction?: number;
}

/** What bars are made of. */
export const FULL = "\u2588";
export const EMPTY = "\u2591";

/** Shows on stderr what goes on before there is anything to print: a bar that comes and goes; nothing where stderr is no terminal. */
export class ProgressLine {
  #bar: cliProgress.SingleBar | undefined;

  show({ message, fraction }: Progress): void {
    if (!process.stderr.isTTY) return;
    if (this.#bar === undefined) {
      this.#bar = new cliProgress.SingleBar({
        format: "{bar} {percentage} % {message}",
        clearOnComplete: true,
        barsize: 20,
        barCompleteChar: FULL,
        barIncompleteChar: EMPTY,
        hideCursor: true,
      });
      this.#bar.start(1, 0, { message });
    }
    if (fraction === undefined) this.#bar.update({ message });
    else this.#bar.update(fraction, { message });
  }

  /** Wipes it away; it may be shown again. */
  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}
