import type { FromModelPanel, ModelGraph } from "../../src/protocol/modelPanel.js";
import { Action } from "../shared/action.js";
import { count, NONE } from "../shared/format.js";
import type { MenuItem } from "../shared/menu.js";
import { SaveMenu } from "../shared/saveMenu.js";
import { countOrNone, plural, shapeText } from "./text.js";

interface Props {
  readonly graph: ModelGraph;
  readonly problemsOpen: boolean;
  readonly onProblems: (open: boolean) => void;
  readonly post: (message: FromModelPanel) => void;
  readonly saves: readonly MenuItem[];
}

/** The title bar: what the model is, what is wrong with it, and what can be done with it. */
export function Header({ graph, problemsOpen, onProblems, post, saves }: Props) {
  const { problems } = graph;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <header>
      <div class="bar">
        <h1 class="wrap">{graph.title}</h1>
        <span class="quiet">{graph.format}</span>
        {problems.length === 0 ? null : (
          <button
            type="button"
            class={`problem-count ${errors > 0 ? "error" : "warning"}`}
            aria-expanded={problemsOpen}
            aria-controls="problems"
            onClick={() => onProblems(!problemsOpen)}
          >
            <i class={`codicon codicon-${errors > 0 ? "error" : "warning"}`} aria-hidden="true" />
            {plural(problems.length, "problem")}
          </button>
        )}
        <span class="push" />
        {graph.hasText ? <Action icon="go-to-file" text="Open text" onClick={() => post({ type: "openText" })} /> : null}
        {graph.canTrain ? <Action icon="play" text="Train CNN" onClick={() => post({ type: "train" })} /> : null}
        <SaveMenu items={saves} />
      </div>
    </header>
  );
}

/** The row of figures. */
export function Facts({ graph }: { readonly graph: ModelGraph }) {
  const { inputs, nodes, tensors } = graph;
  const facts: readonly (readonly [name: string, value: string, note?: string])[] = [
    ...(nodes.length === 0
      ? [["Tensors", count(tensors.length)] as const]
      : [
          ["Layers", count(nodes.length)] as const,
          [inputs.length > 1 ? "Inputs" : "Input", inputs.length === 0 ? NONE : inputs.map(shapeText).join(", "), graph.inputNote] as const,
        ]),
  ];
  return (
    <dl class="facts">
      <div class="figure">
        <dt>{nodes.length === 0 ? "Numbers" : "Parameters"}</dt>
        <dd>{countOrNone(graph.totalParameters)}</dd>
      </div>
      {nodes.length === 0 ? null : (
        <div class="figure">
          <dt>Multiply-adds</dt>
          <dd>{countOrNone(graph.totalMultiplyAdds)}</dd>
        </div>
      )}
      {facts.map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span>{value}</span>
            {note === undefined || note === "" ? null : <small class="note">{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
