import type { FromModelPanel, ModelTensor, TensorNumbers } from "../../../src/protocol/modelPanel.js";
import { short } from "../../shared/format.js";
import { useWidth } from "../../shared/hooks.js";
import { memo } from "../../shared/memo.js";
import { sizeOf } from "../text.js";
import { columnsOf, indexOf } from "./numberRows.js";
import { Pager } from "./pager.js";

/** Numbers asked for at once. */
export const PAGE = 256;
const CELL = 76;

interface Props {
  readonly numbers: TensorNumbers;
  readonly tensor: ModelTensor;
  readonly post: (message: FromModelPanel) => void;
}

/** A page of a tensor's numbers as they are stored; each line begins with the place of its first. */
export const Numbers = memo(({ numbers, tensor, post }: Props) => {
  const [host, width] = useWidth<HTMLDivElement>();
  const { values, offset } = numbers;
  const place = tensor.shape.length === 0 ? 0 : 8 * indexOf(tensor.shape, offset + values.length - 1).length + 12;
  const columns = columnsOf(tensor.shape.at(-1) ?? 1, Math.floor((width - place) / CELL));
  const lines = Array.from({ length: width === 0 ? 0 : Math.ceil(values.length / columns) }, (_, i) => i * columns);
  return (
    <div ref={host} class="numbers">
      <Pager
        what="numbers"
        first={offset}
        count={values.length}
        total={sizeOf(tensor) ?? offset + values.length}
        page={PAGE}
        onGo={(first) => post({ type: "numbers", tensor: numbers.tensor, offset: first, count: PAGE })}
      />
      <table>
        <tbody>
          {lines.map((start) => (
            <tr key={start}>
              <th scope="row" class="num">
                {indexOf(tensor.shape, offset + start)}
              </th>
              {Array.from({ length: columns }, (_, i) => {
                const value = values[start + i];
                return (
                  <td key={i} class="n" title={value === undefined ? "" : `${indexOf(tensor.shape, offset + start + i)}: ${value}`}>
                    {value === undefined ? "" : numberText(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});

function numberText(value: number): string {
  return Number.isFinite(value) ? short(value, 5) : String(value).replace("-", "\u2212").replace("Infinity", "\u221e");
}
