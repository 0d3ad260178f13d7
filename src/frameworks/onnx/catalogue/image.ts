import { type Steps, step } from "../../../interpret/steps.js";
import { axisIn } from "../call.js";
import { type Lowering, type Operands, onFirst } from "./operands.js";

/** Modes of Pad by our names for them. */
const MODES: Readonly<Record<string, string>> = { constant: "constant", reflect: "reflect", edge: "replicate" };

/** Rows and columns around images, and channels of zeros; negative ones cut. */
const pad: Lowering = onFirst((node) => {
  const { call, rank, isImage } = node;
  const pads = call.list("pads", 1) ?? call.numbers("paddings") ?? [];
  const axes = call.given(3) ? (call.input(3).elements ?? []) : node.input.map((_, axis) => axis);
  const sides = node.input.map((_, axis) => {
    const i = axes.findIndex((each) => each !== undefined && axisIn(each, rank) === axis);
    return i < 0 ? [0, 0] : [pads[i], pads[i + axes.length]];
  });
  const value = call.given(2) ? node.scalar(2) : call.number("value", 0);
  const mode = MODES[call.text("mode", "constant")];
  const known = sides.map((side) => side.filter((size) => size !== undefined));
  const [batch = [], channels = [], height = [], width = []] = known;
  const isKnown = known.every((side) => side.length === 2) && pads.length === 2 * axes.length;
  if (!isImage || !isKnown || mode === undefined || value === undefined || batch.some((size) => size !== 0)) return undefined;
  const isPlain = mode === "constant" && value === 0;
  if (channels.some((size) => size < 0 || (size > 0 && !isPlain))) return undefined;
  return [...channelPadding(channels), ...spatial([height, width], isPlain, { mode, ...(mode === "constant" && { value }) })];
});

function channelPadding([before = 0, after = 0]: readonly number[]): Steps {
  return before + after === 0 ? [] : [step("channelPadding", { before, after })];
}

/** Cuts first, then pads what is left. */
function spatial(sides: readonly (readonly number[])[], isPlain: boolean, how: { readonly mode: string }): Steps {
  const cropping = sides.map((side) => side.map((size) => Math.max(0, -size)));
  const padding = sides.map((side) => side.map((size) => Math.max(0, size)));
  const any = (amounts: readonly (readonly number[])[]) => amounts.flat().some((size) => size > 0);
  return [
    ...(any(cropping) ? [step("cropping2d", { cropping })] : []),
    ...(any(padding) ? [isPlain ? step("zeroPadding2d", { padding }) : step("padding2d", { padding, ...how })] : []),
  ];
}

/** Whole factors, or other sizes where the mode is one that the catalogue has. */
const resize: Lowering = onFirst((node) => {
  const { input, output, isImage } = node;
  const [height, width] = output.slice(2);
  const [from, across] = input.slice(2);
  if (!isImage || !height || !width || !from || !across || input[1] !== output[1]) return undefined;
  const size = [height / from, width / across];
  const isWhole = size.every(Number.isInteger);
  const sampled = sampling(node, isWhole ? size : undefined);
  if (!sampled) return undefined;
  return [isWhole ? step("upSampling2d", { size, ...sampled }) : step("resizing", { height, width, ...sampled })];
});

/** How numbers between pixels come about; `factors` where they are whole. Undefined for what the catalogue does in another way. */
function sampling({ call }: Operands, factors: readonly number[] | undefined) {
  const isUpsample = call.node.operator === "Upsample";
  const mode = call.text("mode", "nearest");
  const coordinates = call.text("coordinate_transformation_mode", isUpsample || call.operatorSet < 11 ? "asymmetric" : "half_pixel");
  const rounding = call.text("nearest_mode", isUpsample || call.operatorSet < 11 ? "floor" : "round_prefer_floor");
  if (call.number("antialias", 0) === 1) return undefined;
  if (mode === "nearest") return isNearest(coordinates, rounding, factors) ? { interpolation: "nearest" } : undefined;
  if (mode !== "linear" && mode !== "bilinear") return undefined;
  if (coordinates === "align_corners") return { interpolation: "bilinear", alignCorners: true };
  return coordinates === "half_pixel" || coordinates === "pytorch_half_pixel"
    ? { interpolation: "bilinear", alignCorners: false }
    : undefined;
}

/** Output pixel x takes floor(x / factor). */
function isNearest(coordinates: string, rounding: string, factors: readonly number[] | undefined): boolean {
  if (coordinates === "asymmetric") {
    const halves = rounding === "round_prefer_floor" && factors?.every((factor) => factor <= 2);
    return rounding === "floor" || halves === true;
  }
  return factors !== undefined && coordinates.endsWith("half_pixel") && rounding.startsWith("round_prefer");
}

export const IMAGES: Readonly<Record<string, Lowering>> = { Pad: pad, Resize: resize, Upsample: resize };
