import type { Shape } from "../../layers/kind.js";
import type { ReceptiveField } from "../../shape/types.js";

const SIZE = 64;
// Inks that stand out on dark and on light, as an image in a hover can't know the theme.
const FRAME = "#888888";
const FIELD = "#3794ff";

/** The middle unit's receptive field on the input, as the source of an image; padding is outside the frame and not drawn. */
export function fieldPicture(field: ReceptiveField, input: Shape, output: Shape): string {
  const [height = 1, width = 1] = input;
  const scale = SIZE / Math.max(height, width);
  const along = (axis: 0 | 1, pixels: number) => {
    const units = output.length === 3 ? (output[axis] ?? 1) : 1;
    const first = field.offset[axis] + Math.floor((units - 1) / 2) * field.stride[axis];
    const start = Math.max(0, first);
    const end = Math.min(pixels, first + field.size[axis]);
    return {
      start: start * scale,
      size: Math.max(1, (end - start) * scale),
      middle: Math.min(pixels, Math.max(0, first + field.size[axis] / 2)) * scale,
    };
  };
  const y = along(0, height);
  const x = along(1, width);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="-1 -1 ${SIZE + 2} ${SIZE + 2}">`,
    `<rect width="${number(width * scale)}" height="${number(height * scale)}" fill="none" stroke="${FRAME}"/>`,
    `<rect x="${number(x.start)}" y="${number(y.start)}" width="${number(x.size)}" height="${number(y.size)}" fill="${FIELD}" fill-opacity="0.35" stroke="${FIELD}"/>`,
    `<circle cx="${number(x.middle)}" cy="${number(y.middle)}" r="1.5" fill="${FRAME}"/>`,
    "</svg>",
  ];
  return `data:image/svg+xml,${encodeURIComponent(svg.join("")).replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29"))}`;
}

function number(value: number): string {
  return String(Number(value.toFixed(2)));
}
