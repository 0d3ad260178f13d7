/** Cuts texts to a width and remembers how: measuring costs more than drawing. One for each font and width. */
export class FitText {
  readonly #known = new Map<string, string>();

  constructor(
    readonly font: string,
    private readonly width: number,
    /** Which end gives way. */
    private readonly cut: "start" | "end",
  ) {}

  /** The text, or as much of it as fits beside an ellipsis. The context's font must be this one's. */
  of(context: CanvasRenderingContext2D, text: string, less = 0): string {
    const key = less === 0 ? text : `${text}\n${less}`;
    let shown = this.#known.get(key);
    if (shown === undefined) {
      shown = this.#fit(context, text, this.width - less);
      this.#known.set(key, shown);
    }
    return shown;
  }

  #fit(context: CanvasRenderingContext2D, text: string, width: number): string {
    const whole = context.measureText(text).width;
    if (whole <= width) return text;
    for (let kept = Math.ceil((text.length * width) / whole); kept > 0; kept--) {
      const shown = this.cut === "end" ? `${text.slice(0, kept)}\u2026` : `\u2026${text.slice(-kept)}`;
      if (context.measureText(shown).width <= width) return shown;
    }
    return "";
  }
}
