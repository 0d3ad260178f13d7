import { boolean, choice, optional } from "./arguments.js";
import type { LayerProblem } from "./kind.js";

const INTERPOLATIONS = {
  nearest: "the pixel at floor(i*from/to), as PyTorch's nearest; for whole factors each pixel becomes a block",
  nearestExact: "the pixel at floor((i + 1/2)*from/to), as Keras' nearest and PyTorch's nearest-exact",
  bilinear: "between four pixels whose centres are at i + 1/2, as Keras and PyTorch",
  bilinearAsymmetric: "between four pixels whose corners are at i, as TensorFlow.js",
};
export type Interpolation = keyof typeof INTERPOLATIONS;

/** How layers that change an image's size work out new pixels. */
export const interpolationArguments = {
  interpolation: optional(choice("How new pixels come from old ones.", INTERPOLATIONS), "nearest"),
  alignCorners: optional(
    boolean("Only of bilinear: the outermost pixels stay where they are, and the others lie evenly between them."),
    false,
  ),
};

export interface Interpolating {
  readonly interpolation: Interpolation;
  readonly alignCorners: boolean;
}

/** alignCorners says something of bilinear alone. */
export function alignmentWarnings({ interpolation, alignCorners }: Interpolating): LayerProblem[] {
  if (!alignCorners || interpolation === "bilinear") return [];
  const message = `alignCorners belongs to bilinear and does nothing for ${interpolation}; leave it out`;
  const fixes = [{ title: "Set alignCorners false", set: { alignCorners: false } }];
  return [{ code: "needless-argument", argument: "alignCorners", message, fixes }];
}

/** An output's place between two inputs: `(1 - share)` of the first, `share` of the second. */
export interface Sample {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

/** Where along an axis of `from` pixels each of `to` new ones is read. */
export function samples({ interpolation, alignCorners }: Interpolating, from: number, to: number): Sample[] {
  const place = (i: number): number => {
    switch (interpolation) {
      case "nearest":
        return Math.floor((i * from) / to);
      case "nearestExact":
        return Math.floor(((2 * i + 1) * from) / (2 * to));
      case "bilinear":
        if (alignCorners) return to === 1 ? 0 : (i * (from - 1)) / (to - 1);
        return Math.max(0, ((2 * i + 1) * from) / (2 * to) - 0.5);
      case "bilinearAsymmetric":
        return (i * from) / to;
    }
  };
  return Array.from({ length: to }, (_, i) => {
    const at = place(i);
    const first = Math.min(Math.floor(at), from - 1);
    return { first, second: Math.min(first + 1, from - 1), share: at - Math.floor(at) };
  });
}
