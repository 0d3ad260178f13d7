import type { ModelGraph } from "../../src/protocol/modelPanel.js";
import { nameOf } from "./text.js";

/** Why nothing newer is shown. */
export function Failure({ message }: { readonly message: string }) {
  return (
    <div class="notice error" role="alert">
      <i class="codicon codicon-error" aria-hidden="true" />
      <span class="sentence">{message}</span>
    </div>
  );
}

/** All problems; choosing one selects its layer. */
export function Problems({ graph, onSelect }: { readonly graph: ModelGraph; readonly onSelect: (node: number) => void }) {
  return (
    <ul id="problems" class="problems" aria-label="Problems">
      {graph.problems.map(({ message, severity, node }) => {
        const layer = node === null ? undefined : graph.nodes[node];
        return (
          <li key={`${node} ${message}`} class={`problem ${severity}`}>
            <i class={`codicon codicon-${severity === "hint" ? "lightbulb" : severity}`} aria-hidden="true" />
            <span>{message}</span>
            {layer === undefined || node === null ? null : (
              <button type="button" class="link num" onClick={() => onSelect(node)}>
                {nameOf(layer)}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
