import type { TensorSummary } from "../../../src/protocol/modelPanel.js";
import { count, short } from "../../shared/format.js";

/** Figures of all finite numbers of a tensor. */
export function Statistics({ summary }: { readonly summary: TensorSummary }) {
  const { minimum, maximum, mean, deviation, zeros, notFinite } = summary;
  const share = (part: number) => `${count(part)}${part === 0 ? "" : ` (${short((100 * part) / Math.max(1, summary.count), 2)} %)`}`;
  const rows: readonly (readonly [string, string])[] = [
    ["count", count(summary.count)],
    ["mean", short(mean, 4)],
    ["deviation", short(deviation, 4)],
    ["minimum", short(minimum, 4)],
    ["maximum", short(maximum, 4)],
    ["zeros", share(zeros)],
    ...(notFinite === 0 ? [] : [["not finite", share(notFinite)] as const]),
  ];
  return (
    <dl class="statistics">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt class="small quiet">{name}</dt>
          <dd class="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
