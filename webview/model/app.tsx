import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FromModelPanel, ModelGraph } from "../../src/protocol/modelPanel.js";
import { useContextMenu } from "../shared/menu.js";
import { Details } from "./details/details.js";
import { Overview } from "./details/overview.js";
import { TensorView } from "./details/tensorView.js";
import { GraphView } from "./graph/graphView.js";
import { sceneOf } from "./graph/scene.js";
import { Facts, Header } from "./header.js";
import { NodeList } from "./list/nodeList.js";
import { TensorList } from "./list/tensorList.js";
import { modelItems, tensorItems } from "./menus.js";
import { Failure, Problems } from "./notices.js";
import { problemsByNode } from "./problems.js";
import type { Saved, View } from "./saved.js";
import { haystackOf, matchesOf, nextMatch } from "./search.js";
import { SearchField } from "./searchField.js";
import type { Choose, ModelState, Selection } from "./state.js";
import { nameOf, outputText, shapeText } from "./text.js";

interface Props {
  readonly state: ModelState;
  readonly saved: Partial<Saved>;
  readonly choose: (choice: Choose) => void;
  readonly post: (message: FromModelPanel) => void;
  readonly save: (saved: Saved) => void;
}

/** The panel: nothing before the host spoke, then a model or why there is none. */
export function App({ state, ...rest }: Props) {
  if (state.graph !== undefined) return <ModelPanel graph={state.graph} state={state} {...rest} />;
  return state.failure === undefined ? null : (
    <main>
      <Failure message={state.failure} />
    </main>
  );
}

function ModelPanel({ graph, state, saved, choose, post, save }: Props & { readonly graph: ModelGraph }) {
  const [view, setView] = useState<View>(saved.view ?? "graph");
  const [zoom, setZoom] = useState(saved.zoom);
  const [query, setQuery] = useState("");
  const [problemsOpen, setProblemsOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const hasNodes = graph.nodes.length > 0;
  const shown = hasNodes ? view : "tensors";

  const scene = useMemo(() => (shown === "graph" ? sceneOf(graph) : undefined), [graph, shown === "graph"]);
  const matches = useMemo(() => matchesOf(haystackOf(graph), query), [graph, query]);
  const found = useMemo(() => (matches === undefined ? undefined : new Set(matches)), [matches]);
  const problems = useMemo(() => problemsByNode(graph), [graph]);
  const selected = state.selection?.index;
  const marks = useMemo(() => ({ selected, found, problems }), [selected, found, problems]);
  // Grows with the host's wish to see the selection, and with the search's.
  const [steps, setSteps] = useState(0);
  const revealed = state.revealed + steps;

  const select = useCallback(
    (index: number) => {
      const selection: Selection = { kind: hasNodes ? "node" : "tensor", index };
      choose({ type: "choose", selection });
      if (hasNodes) post({ type: "select", node: index });
    },
    [hasNodes, choose, post],
  );
  useDetails(state, post);
  useSaved(graph, state, view, zoom, save);
  const reveal = (index: number) => {
    select(index);
    setSteps((n) => n + 1);
  };
  const next = (by: 1 | -1) => {
    const to = matches && nextMatch(matches, selected ?? -1, by);
    if (to !== undefined) reveal(to);
  };
  const { handlers, menu } = useContextMenu((topic) => {
    const tensor = /^tensor (\d+)$/.exec(topic)?.[1];
    return tensor === undefined
      ? modelItems(graph, scene, post)
      : tensorItems(graph, Number(tensor), state.tensors.get(Number(tensor)), post);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    handlers.onKeyDown(event);
    if (event.defaultPrevented) return;
    const typing = event.target instanceof HTMLInputElement;
    const find = (event.key === "f" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
    if (find) {
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    } else if (event.key === "Escape" && !typing && state.selection !== undefined) {
      choose({ type: "choose", selection: undefined });
    }
  };
  return (
    <>
      <main class={state.failure === undefined ? "" : "stale"} onKeyDown={onKeyDown} onContextMenu={handlers.onContextMenu}>
        <Header
          graph={graph}
          problemsOpen={problemsOpen}
          onProblems={setProblemsOpen}
          post={post}
          saves={modelItems(graph, scene, post).filter(({ label }) => label.startsWith("Save"))}
        />
        {state.failure === undefined ? null : <Failure message={state.failure} />}
        {problemsOpen ? <Problems graph={graph} onSelect={reveal} /> : null}
        <Facts graph={graph} />
        <div class="parts">
          <section class="view" aria-label={hasNodes ? "Layers" : "Tensors"} data-menu="model">
            <div class="bar tools">
              {hasNodes ? <Views view={view} onView={setView} /> : <h2>Tensors</h2>}
              <span class="push" />
              <SearchField
                field={field}
                query={query}
                matches={matches}
                place={selected}
                what={hasNodes ? "layers" : "tensors"}
                onQuery={setQuery}
                onNext={next}
              />
            </div>
            {scene !== undefined ? (
              <GraphView
                scene={scene}
                marks={marks}
                chosenZoom={zoom}
                onZoom={setZoom}
                onSelect={(node) => (node < 0 ? choose({ type: "choose", selection: undefined }) : select(node))}
                revealed={revealed}
                nameOf={(node) => titleOf(graph, node)}
              />
            ) : hasNodes ? (
              <NodeList nodes={graph.nodes} selected={selected} found={found} problems={problems} onSelect={select} revealed={revealed} />
            ) : (
              <TensorList tensors={graph.tensors} selected={selected} found={found} onSelect={select} revealed={revealed} />
            )}
          </section>
          <aside class="details" aria-label="Details" aria-live="off">
            <Chosen graph={graph} state={state} post={post} />
          </aside>
        </div>
      </main>
      {/* Outside, as what is fixed in a container may not be fixed to the window. */}
      {menu}
    </>
  );
}

function Views({ view, onView }: { readonly view: View; readonly onView: (view: View) => void }) {
  const button = (to: View, text: string) => (
    <button type="button" aria-pressed={view === to} onClick={() => onView(to)}>
      {text}
    </button>
  );
  return (
    <span class="choice">
      {button("graph", "Graph")}
      {button("list", "List")}
    </span>
  );
}

function Chosen({ graph, state: { selection, details, tensors }, post }: Pick<Props, "state" | "post"> & { readonly graph: ModelGraph }) {
  if (selection?.kind === "node") return <Details graph={graph} node={selection.index} details={details} tensors={tensors} post={post} />;
  const tensor = selection && graph.tensors[selection.index];
  if (selection === undefined || tensor === undefined) return <Overview graph={graph} />;
  return <TensorView key={selection.index} index={selection.index} tensor={tensor} facts={tensors.get(selection.index)} post={post} />;
}

function titleOf(graph: ModelGraph, index: number): string {
  const node = graph.nodes[index];
  if (node === undefined) return `Input ${graph.inputs.map(shapeText).join(", ")}`;
  const output = outputText(node);
  return `${nameOf(node)}, ${node.type}${output === "" ? "" : `, output ${output}`}`;
}

/** Asks for details of what the user did not choose. */
function useDetails({ selection, wanted }: ModelState, post: Props["post"]): void {
  useEffect(() => {
    if (wanted > 0 && selection?.kind === "node") post({ type: "details", node: selection.index });
  }, [wanted]);
}

function useSaved(graph: ModelGraph, { origin, selection }: ModelState, view: View, zoom: number | undefined, save: Props["save"]): void {
  const node = selection?.kind === "node" ? graph.nodes[selection.index] : undefined;
  useEffect(() => {
    const place = selection?.index ?? 0;
    save({
      origin,
      view,
      ...(zoom === undefined ? {} : { zoom }),
      ...(node === undefined ? {} : { node: { name: node.name, type: node.type, place } }),
    });
  }, [origin, node, view, zoom]);
}
