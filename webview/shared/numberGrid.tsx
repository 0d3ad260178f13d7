import { colourOfByte, inkOn, signedByte } from "../../src/base/colours.js";
import { fixed } from "./format.js";
import { moved } from "./roving.js";

interface Props {
  readonly values: Float32Array;
  readonly columns: number;
  /** The value with the map's end colour. */
  readonly scale: number;
  readonly label: string;
}

/** Numbers on their colours. One tab stop; arrow keys move the focus, Ctrl+C copies all as tab-separated text. */
export function NumberGrid({ values, columns, scale, label }: Props) {
  const rows = Array.from({ length: Math.ceil(values.length / columns) }, (_, row) => values.subarray(row * columns, (row + 1) * columns));
  return (
    <div
      class="cells"
      role="grid"
      aria-label={label}
      style={{ gridTemplateColumns: `repeat(${columns}, auto)` }}
      onKeyDown={(event) => moveFocus(event, values.length, columns)}
      onCopy={(event) => {
        event.clipboardData?.setData("text/plain", rows.map((row) => Array.from(row).join("\t")).join("\n"));
        event.preventDefault();
      }}
    >
      {rows.map((row, r) => (
        <div role="row" class="cells-row" key={r}>
          {Array.from(row, (value, c) => {
            const colour = colourOfByte("diverging", signedByte(value, scale));
            return (
              <span
                key={c}
                role="gridcell"
                tabIndex={r === 0 && c === 0 ? 0 : -1}
                aria-label={`row ${r + 1}, column ${c + 1}, value ${fixed(value, 4)}`}
                title={fixed(value, 6)}
                style={{ background: `rgb(${colour.join(" ")})`, color: inkOn(colour) }}
              >
                {fixed(value, 2)}
              </span>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }, total: number, columns: number): void {
  const cells = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=gridcell]")];
  const place = cells.indexOf(event.target as HTMLElement);
  const to = moved(event.key, place, total, columns);
  if (to === undefined || place < 0) return;
  event.preventDefault();
  cells[place]?.setAttribute("tabindex", "-1");
  cells[to]?.setAttribute("tabindex", "0");
  cells[to]?.focus();
}
