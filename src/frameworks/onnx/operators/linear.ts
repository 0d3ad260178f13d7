import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { broadcast, count, fact, make, type Rule, refuse, written } from "../call.js";
import { einsumShape } from "../einsum.js";

/** a' * b' + c of matrices, each transposed where asked. */
const gemm: Rule = (call) => {
  const { shape: a, dtype } = call.input(0);
  const b = call.input(1).shape;
  const [rows, inner] = matrix(a, call.number("transA", 0) === 1);
  const [innerOfB, columns] = matrix(b, call.number("transB", 0) === 1);
  if ((a && a.length !== 2) || (b && b.length !== 2)) return refuse(`multiplies matrices, not ${written(a)} and ${written(b)}`);
  if (inner !== undefined && innerOfB !== undefined && inner !== innerOfB)
    return refuse(`cannot multiply ${written([rows, inner])} by ${written([innerOfB, columns])}`);
  const steps = count([inner ?? innerOfB, columns]);
  const formulas = () => [
    { label: "output", expression: `${written([rows, inner])} * ${written([innerOfB, columns])}`, value: written([rows, columns]) },
  ];
  return { outputs: [fact([rows, columns], dtype)], multiplyAdds: steps, reach: "global", formulas };
};

function matrix(shape: TensorShape | undefined, transposed: boolean): readonly [Size, Size] {
  const [rows, columns] = shape ?? [];
  return transposed ? [columns, rows] : [rows, columns];
}

/** numpy's matmul: axes before the last two are broadcast; a vector is a row on the left and a column on the right. */
const matMul =
  (second: number, dtype?: string): Rule =>
  (call) => {
    const left = call.input(0);
    const type = dtype ?? left.dtype;
    const a = left.shape;
    const b = call.input(second).shape;
    if (a === undefined || b === undefined) return make(fact(undefined, type));
    if (a.length === 0 || b.length === 0) return refuse(`cannot multiply ${written(a)} by ${written(b)}`);
    const rows = a.length === 1 ? [1, ...a] : a;
    const columns = b.length === 1 ? [...b, 1] : b;
    const inner = rows.at(-1);
    const innerOfB = columns.at(-2);
    const around = broadcast([rows.slice(0, -2), columns.slice(0, -2)]);
    if ((inner !== undefined && innerOfB !== undefined && inner !== innerOfB) || around === "unfit" || around === undefined)
      return refuse(`cannot multiply ${written(a)} by ${written(b)}`);
    const output = [...around, ...(a.length === 1 ? [] : rows.slice(-2, -1)), ...(b.length === 1 ? [] : columns.slice(-1))];
    const outputs = count(a.length === 1 ? output : output.slice(a.length > 1 ? 1 : 0));
    const steps = inner ?? innerOfB;
    return {
      outputs: [fact(output, type)],
      multiplyAdds: steps === undefined || outputs === undefined ? undefined : steps * outputs,
      reach: "global",
    };
  };

const einsum: Rule = (call) =>
  make(
    fact(
      einsumShape(
        call.text("equation", ""),
        call.inputs.map((each) => each?.shape),
      ),
      call.input(0).dtype,
    ),
  );

const determinant: Rule = (call) => make(fact(call.input(0).shape?.slice(0, -2), call.input(0).dtype));

export const LINEAR: Readonly<Record<string, Rule>> = {
  Gemm: gemm,
  FusedGemm: gemm,
  MatMul: matMul(1),
  MatMulInteger: matMul(1, "int32"),
  QLinearMatMul: matMul(3),
  Einsum: einsum,
  Det: determinant,
};
