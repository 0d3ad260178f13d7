import type { RunView } from "../../src/protocol/trainingPanel.js";
import { epochSentence, factsOf } from "./runFacts.js";
import type { Series } from "./series.js";

/** The row of figures. Values keep the room of their widest text, so that nothing moves when they change. */
export function Facts({ run, series }: { readonly run: RunView; readonly series: Series }) {
  return (
    <>
      <dl class="facts">
        {factsOf(run, series).map(({ name, value, widest, figure }) => (
          <div key={name} class={figure === undefined ? "" : "figure"}>
            <dt>{name}</dt>
            <dd>
              <span style={{ minWidth: `${widest}ch` }}>{value}</span>
              {figure === undefined ? null : <small>{figure.best}</small>}
            </dd>
          </div>
        ))}
      </dl>
      <p class="sr" aria-live="polite">
        {epochSentence(run.record, series)}
      </p>
    </>
  );
}
