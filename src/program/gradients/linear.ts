import { lastAxis } from "../shapes.js";
import type { GradientRules } from "./rule.js";

export const linear: GradientRules<"matMul" | "biasAdd"> = {
  // y = A B: dA = dy B^T and dB = A^T dy, each transposed where the input was.
  matMul: ({ builder, operation: { transposeA, transposeB }, dy }, a, b) => [
    transposeA ? builder.matMul(b, dy, { transposeA: transposeB, transposeB: true }) : builder.matMul(dy, b, { transposeB: !transposeB }),
    transposeB ? builder.matMul(dy, a, { transposeA: true, transposeB: transposeA }) : builder.matMul(a, dy, { transposeA: !transposeA }),
  ],
  biasAdd: ({ builder, dy }) => [dy, builder.appendOne({ op: "biasAddGradient" }, [dy], [lastAxis(dy.shape)])],
};
