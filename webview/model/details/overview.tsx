import type { ModelGraph } from "../../../src/protocol/modelPanel.js";
import { count } from "../../shared/format.js";
import { familyOf } from "../families.js";
import { countOrNone } from "../text.js";

interface Kind {
  readonly type: string;
  readonly layers: number;
  readonly parameters: number;
}

const MOST = 14;

/** While nothing is selected: what the model is made of. */
export function Overview({ graph }: { readonly graph: ModelGraph }) {
  if (graph.nodes.length === 0) {
    return (
      <section class="section">
        <p class="quiet">Select a tensor to see its numbers. This file holds no graph: its tensors are all it says of the network.</p>
      </section>
    );
  }
  const kinds = kindsOf(graph);
  const most = kinds.reduce((largest, { parameters }) => Math.max(largest, parameters), 0);
  return (
    <section class="section">
      <div class="bar">
        <h2>Layers by type</h2>
      </div>
      <table class="kinds">
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col" class="n">
              Layers
            </th>
            <th scope="col" class="n">
              Parameters
            </th>
            <th scope="col" class="share-head" />
          </tr>
        </thead>
        <tbody>
          {kinds.slice(0, MOST).map(({ type, layers, parameters }) => (
            <tr key={type}>
              <td class={`family ${familyOf(type)}`}>{type}</td>
              <td class="n">{count(layers)}</td>
              <td class="n">{countOrNone(parameters)}</td>
              <td class="share" aria-hidden="true">
                <i style={{ transform: `scaleX(${most === 0 ? 0 : parameters / most})` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {kinds.length > MOST ? <p class="small quiet">{`and ${count(kinds.length - MOST)} more types`}</p> : null}
      <p class="small quiet hint">Select a layer to see its shapes, formulas and weights.</p>
    </section>
  );
}

/** Types of layers, those with most parameters first, then the most frequent. */
function kindsOf(graph: ModelGraph): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { type, parameters } of graph.nodes) {
    const known = kinds.get(type) ?? { type, layers: 0, parameters: 0 };
    kinds.set(type, { type, layers: known.layers + 1, parameters: known.parameters + (parameters ?? 0) });
  }
  return [...kinds.values()].sort((a, b) => b.parameters - a.parameters || b.layers - a.layers);
}
