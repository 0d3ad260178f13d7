import type { FromModelPanel, ModelGraph, NodeDetails } from "../../../src/protocol/modelPanel.js";
import { count } from "../../shared/format.js";
import type { TensorFacts } from "../state.js";
import { bytesText, countOrNone, nameOf, shapeText } from "../text.js";
import { TensorView } from "./tensorView.js";

interface Props {
  readonly graph: ModelGraph;
  readonly node: number;
  /** Undefined while they are on the way. */
  readonly details: NodeDetails | undefined;
  readonly tensors: ReadonlyMap<number, TensorFacts>;
  readonly post: (message: FromModelPanel) => void;
}

/** All that is known of one node. */
export function Details({ graph, node: index, details, tensors, post }: Props) {
  const node = graph.nodes[index];
  if (node === undefined) return null;
  return (
    <>
      <section class="section" data-menu="details">
        <div class="bar">
          <h2 class="wrap">{nameOf(node)}</h2>
          {node.name === "" ? null : <span class="quiet">{node.type}</span>}
          <span class="push small quiet num">
            {count(index)}
            {node.line === null ? "" : `, line ${count(node.line)}`}
          </span>
        </div>
        <Problems graph={graph} node={index} />
        <dl class="ledger">
          {factsOf(graph, index, details).map(([name, value, note]) => (
            <div key={name}>
              <dt class="quiet">{name}</dt>
              <dd class="num">
                {value}
                {note === undefined ? null : <span class="quiet"> {note}</span>}
              </dd>
            </div>
          ))}
        </dl>
        {details === undefined || details.formulas.length === 0 ? null : (
          <>
            <h3 class="small quiet">Formulas</h3>
            <dl class="ledger formulas">
              {details.formulas.map(({ label, expression, value }) => (
                <div key={label}>
                  <dt class="quiet">{label}</dt>
                  <dd class="num">
                    {expression.replaceAll("*", "\u00d7").replaceAll(" - ", " \u2212 ")} <b>= {value}</b>
                  </dd>
                </div>
              ))}
            </dl>
          </>
        )}
        {details === undefined || details.attributes.length === 0 ? null : (
          <>
            <h3 class="small quiet">Attributes</h3>
            <dl class="ledger">
              {details.attributes.map(({ name, value }) => (
                <div key={name}>
                  <dt class="quiet">{name}</dt>
                  <dd class="num wrap">{value}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </section>
      {node.tensors.map((tensor) => {
        const known = graph.tensors[tensor];
        return known === undefined ? null : (
          <TensorView key={`${index}/${tensor}`} index={tensor} tensor={known} facts={tensors.get(tensor)} post={post} />
        );
      })}
    </>
  );
}

function Problems({ graph, node }: { readonly graph: ModelGraph; readonly node: number }) {
  return graph.problems
    .filter((problem) => problem.node === node)
    .map(({ message, severity }) => (
      <p key={message} class={`problem ${severity}`}>
        <i class={`codicon codicon-${severity === "hint" ? "lightbulb" : severity}`} aria-hidden="true" />
        <span>{message}</span>
      </p>
    ));
}

/** What a node takes, makes and costs; the row's own where no details are here yet, so that nothing waits. */
function factsOf(
  graph: ModelGraph,
  index: number,
  details: NodeDetails | undefined,
): (readonly [name: string, value: string, note?: string])[] {
  const node = graph.nodes[index];
  if (node === undefined) return [];
  const share = (part: number | null, all: number | null) => {
    if (part === null || part === 0 || all === null || all === 0) return undefined;
    const percent = (100 * part) / all;
    return percent < 0.01 ? "below 0.01 %" : `${Number(percent.toPrecision(2))} %`;
  };
  const inputs = details?.inputs ?? [];
  return [
    ...inputs.map((sizes, i) => [inputs.length === 1 ? "input" : `input ${i + 1}`, shapeText(sizes)] as const),
    ...node.outputs.map((sizes, i) => [node.outputs.length === 1 ? "output" : `output ${i + 1}`, shapeText(sizes)] as const),
    ["parameters", countOrNone(node.parameters), share(node.parameters, graph.totalParameters)] as const,
    ["multiply-adds", countOrNone(node.multiplyAdds), share(node.multiplyAdds, graph.totalMultiplyAdds)] as const,
    ...(details?.activationBytes == null ? [] : [["activations", bytesText(details.activationBytes), "an example"] as const]),
    ...(details?.receptiveField == null ? [] : [["receptive field", details.receptiveField.join("x"), "of the input"] as const]),
  ].map(([name, value, note]) => (note === undefined ? ([name, value] as const) : ([name, value, note] as const)));
}
