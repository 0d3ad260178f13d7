import { positive, withSizes } from "../../../interpret/sizes.js";
import type { Size } from "../../../interpret/tensor.js";
import type { Formula, LayerProblem, Reach } from "../../../layers/kind.js";
import type { Pair } from "../../../program/types.js";
import { problem } from "../core/answer.js";

/** A window along one axis. `ceil`: the last window may hang over the end, as ceil_mode allows. */
export interface AxisWindow {
  readonly input: Size;
  readonly kernel: Size;
  readonly stride: Size;
  readonly before: Size;
  readonly after: Size;
  readonly dilation: Size;
  readonly ceil?: boolean;
}

const LENGTHS = ["kernel", "stride", "dilation"] as const;

/** What PyTorch says of windows that are nowhere or stay where they are; `standing` of their strides. */
export function notPositive(windows: readonly AxisWindow[], standing: string): LayerProblem | undefined {
  const messages = {
    kernel: "kernel size should be greater than zero",
    stride: standing,
    dilation: "dilation should be greater than zero",
  };
  const wrong = LENGTHS.find((length) => windows.some((window) => (window[length] ?? 1) < 1));
  return wrong && problem("not-positive", messages[wrong], { argument: wrong === "kernel" ? "kernel_size" : wrong });
}

/** Windows of which nothing is known where they cannot be. */
export function possible(windows: readonly AxisWindow[]): AxisWindow[] {
  return windows.map((window) => ({
    ...window,
    kernel: positive(window.kernel),
    stride: positive(window.stride),
    dilation: positive(window.dilation),
  }));
}

/** Numbers along an axis after a window slid over it: floor((i + b + a - d*(k - 1) - 1)/s) + 1, torch.nn.Conv2d and MaxPool2d. */
export function slid({ input, kernel, stride, before, after, dilation, ceil }: AxisWindow): Size {
  return withSizes([input, kernel, stride, before, after, dilation], (i, k, s, b, a, d) => {
    const steps = (i + b + a - d * (k - 1) - 1) / s;
    if (!ceil) return Math.floor(steps) + 1;
    const count = Math.ceil(steps) + 1;
    // The last window has to start inside the input or what is added in front.
    return (count - 1) * s >= i + b ? count - 1 : count;
  });
}

const AXES: Readonly<Record<number, readonly string[]>> = { 1: ["length"], 2: ["height", "width"], 3: ["depth", "height", "width"] };

/** Names of the axes behind the channels. */
function axisNames(count: number): readonly string[] {
  return AXES[count] ?? [];
}

/** One line of arithmetic for each axis; one for all where they agree. Nothing where a size is unknown. */
export function axisFormulas(windows: readonly AxisWindow[], outputs: readonly Size[]): Formula[] {
  const lines = windows.flatMap(({ input, kernel, stride, before, after, dilation, ceil }, i): Formula[] => {
    const value = outputs[i];
    const label = axisNames(windows.length)[i] ?? `axis ${i}`;
    if ([input, kernel, stride, before, after, dilation, value].includes(undefined)) return [];
    const around = before === after ? `2*${before}` : `${before} + ${after}`;
    const reach = dilation === 1 ? `${kernel}` : `${dilation}*(${kernel} - 1) - 1`;
    return [{ label, expression: `${ceil ? "ceil" : "floor"}((${input} + ${around} - ${reach})/${stride}) + 1`, value: String(value) }];
  });
  const [first] = lines;
  const agree = first && lines.length > 1 && lines.every(({ expression }) => expression === first.expression);
  return agree ? [{ ...first, label: lines.map(({ label }) => label).join(", ") }] : lines;
}

/** For receptive fields, over the last two axes; a single one counts as height. Global where a size is unknown. */
export function reachOf(windows: readonly AxisWindow[]): Reach {
  const [vertical, horizontal] = windows.length === 1 ? [windows[0], ONE] : windows.slice(-2);
  if (!vertical || !horizontal) return "global";
  const pair = (pick: (window: AxisWindow) => Size): Pair | undefined => {
    const [first, second] = [pick(vertical), pick(horizontal)];
    return first === undefined || second === undefined ? undefined : [first, second];
  };
  const kernel = pair((window) => window.kernel);
  const strides = pair((window) => window.stride);
  const dilation = pair((window) => window.dilation);
  const before = pair((window) => window.before);
  const after = pair((window) => window.after);
  if (!kernel || !strides || !dilation || !before || !after) return "global";
  return { kernel, strides, dilation, padding: [before[0], after[0], before[1], after[1]] };
}

/** An axis of a single place, beside that of a sequence. */
export const ONE: AxisWindow = { input: 1, kernel: 1, stride: 1, before: 0, after: 0, dilation: 1 };

/** [[top, bottom], [left, right]] as the catalogue writes padding; undefined where unknown. */
export function cataloguePadding(windows: readonly AxisWindow[]): number[][] | undefined {
  const sides = windows.map(({ before, after }) => [before, after]);
  return sides.every((side): side is number[] => side.every((size) => size !== undefined)) ? sides : undefined;
}
