import { useState } from "preact/hooks";
import type { TensorSummary } from "../../../src/protocol/modelPanel.js";
import { count, short } from "../../shared/format.js";

const HEIGHT = 64;

/** How often numbers of each size are in a tensor; pointing reads a bar. */
export function Histogram({ summary }: { readonly summary: TensorSummary }) {
  const [pointed, setPointed] = useState<number>();
  const { histogram, minimum, maximum } = summary;
  const bins = histogram.length;
  const most = Math.max(1, ...histogram);
  if (bins === 0 || !(maximum > minimum)) {
    return summary.count === 0 ? null : <p class="small quiet">{`All numbers are ${short(minimum, 6)}.`}</p>;
  }
  const edge = (bin: number) => minimum + (bin * (maximum - minimum)) / bins;
  const zero = minimum < 0 && maximum > 0 ? -minimum / (maximum - minimum) : undefined;
  return (
    <figure
      class="histogram"
      role="img"
      aria-label={`Histogram of ${count(summary.count)} numbers from ${short(minimum)} to ${short(maximum)}`}
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        setPointed(Math.min(bins - 1, Math.max(0, Math.floor((bins * (event.clientX - box.left)) / box.width))));
      }}
      onPointerLeave={() => setPointed(undefined)}
    >
      <svg viewBox={`0 0 ${bins} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={barsOf(histogram, most)} />
        {pointed === undefined ? null : <path class="pointed" d={barOf(pointed, histogram[pointed] ?? 0, most)} />}
      </svg>
      <div class="axis num">
        <span>{short(minimum)}</span>
        {zero !== undefined && zero > 0.12 && zero < 0.88 ? <span style={{ left: `${100 * zero}%` }}>0</span> : null}
        <span>{short(maximum)}</span>
      </div>
      <p class="readout num" aria-hidden="true">
        {pointed === undefined ? "" : `${short(edge(pointed))} to ${short(edge(pointed + 1))}: ${count(histogram[pointed] ?? 0)}`}
      </p>
    </figure>
  );
}

const barsOf = (histogram: readonly number[], most: number) => histogram.map((value, bin) => barOf(bin, value, most)).join("");

/** What is there is seen: the least bar is a line. */
function barOf(bin: number, value: number, most: number): string {
  const height = value === 0 ? 0 : Math.max(0.75, (HEIGHT * value) / most);
  return `M${bin} ${HEIGHT}v${-height}h0.92v${height}z`;
}
