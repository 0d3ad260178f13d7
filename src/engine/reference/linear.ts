import { axisSize } from "../../program/shapes.js";
import { addAt, at, type Kernels, map, rowsOf, type Tensor, zeros } from "./tensor.js";

function matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  const [rows, inner] = (transposeA ? [...a.shape].reverse() : a.shape) as readonly [number, number];
  const columns = axisSize(b.shape, transposeB ? 0 : 1);
  const result = zeros([rows, columns]);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < inner; k++) {
      const left = at(a.data, transposeA ? k * rows + row : row * inner + k);
      for (let column = 0; column < columns; column++)
        addAt(result.data, row * columns + column, left * at(b.data, transposeB ? column * inner + k : k * columns + column));
    }
  return result;
}

export const linear: Kernels<"matMul" | "biasAdd" | "biasAddGradient"> = {
  matMul: ({ transposeA, transposeB }, a, b) => matMul(a, b, transposeA, transposeB),
  biasAdd: (_, x, bias) => map(x, (value, i) => value + at(bias.data, i % bias.data.length)),
  biasAddGradient: (_, dy) => {
    const [, channels] = rowsOf(dy);
    const result = zeros([channels]);
    dy.data.forEach((value, i) => {
      addAt(result.data, i % channels, value);
    });
    return result;
  },
};
