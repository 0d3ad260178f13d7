import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FromTrainingPanel, KernelSelection, RunView } from "../../src/protocol/trainingPanel.js";
import { useContextMenu } from "../shared/menu.js";
import { composeCurves, composeTiles } from "../shared/png.js";
import { prefersReducedMotion } from "../shared/theme.js";
import "../shared/jsx.js";
import { CurvesSection } from "./curvesSection.js";
import { Facts } from "./facts.js";
import { Header } from "./header.js";
import { Kernels } from "./kernels.js";
import { actionOf, smoothed } from "./keys.js";
import { Layers } from "./layers.js";
import { NoRun, Notices } from "./notices.js";
import { fileName } from "./runFacts.js";
import { FRESH, type KernelChoice, type Saved } from "./saved.js";
import { saveItems } from "./saving.js";
import { numbersKey, type TrainingState } from "./state.js";

interface Props {
  readonly state: TrainingState;
  readonly saved: Partial<Saved>;
  readonly post: (message: FromTrainingPanel) => void;
  readonly save: (saved: Saved) => void;
}

/** The panel: nothing before the host spoke, then an invitation or a run. */
export function App({ state, ...rest }: Props) {
  if (state.run === undefined) return null;
  if (state.run === "none") return <NoRun network={state.network} post={rest.post} />;
  return <RunPanel key={state.generation} run={state.run} state={state} {...rest} />;
}

function RunPanel({ run, state, saved, post, save }: Props & { readonly run: RunView }) {
  const mine = saved.run === run.record.id ? saved : {};
  const [curves, setCurves] = useState(mine.curves ?? FRESH.curves);
  const [chosen, setChosen] = useState(mine.kernel);
  const [pointed, setPointed] = useState<number>();
  const [tileSize, setTileSize] = useState(mine.tileSize ?? FRESH.tileSize);
  const kernelView = useRef<HTMLElement>(null);
  const canvases = useRef(new Map<string, HTMLCanvasElement>());
  const { series } = state;

  const choice = useMemo(() => validChoice(run, chosen), [run.layers, chosen]);
  const row = run.layers.find(({ name }) => name === choice?.layer);
  useScroll(
    mine.scroll ?? 0,
    (scroll) => save({ run: run.record.id, curves, tileSize, scroll, ...(choice === undefined ? {} : { kernel: choice }) }),
    [run.record.id, curves, tileSize, choice?.layer, choice?.output, choice?.channel],
  );
  const select = useCallback((layer: string) => setChosen({ layer, output: 0, channel: 0 }), []);
  const onInSight = useWatch(choice, pointed, post);

  const picture = row && state.pictures.get(row.name);
  const numbers = choice && state.numbers.get(numbersKey(choice.layer, choice.output));
  const saves = useMemo(
    () =>
      saveItems(
        run,
        series,
        numbers?.now,
        [
          {
            topic: "curves",
            label: "Save curves as PNG",
            name: "curves",
            draw: () => composeCurves([...canvases.current], `${fileName(run.record)}, run ${run.record.id}`),
          },
          ...(picture?.detail === undefined
            ? []
            : [
                {
                  topic: "kernels" as const,
                  label: `Save kernels of ${picture.layer} as PNG`,
                  name: picture.layer,
                  draw: () => composeTiles(picture),
                },
              ]),
        ],
        post,
      ),
    [run, series, numbers, picture],
  );
  const { handlers, menu } = useContextMenu((topic) => saves.filter((item) => item.topic === topic));

  const stepLayer = (by: -1 | 1) => {
    const learning = run.layers.filter(({ name, kernelShape }) => kernelShape !== undefined || name === choice?.layer);
    const next = learning[learning.findIndex(({ name }) => name === choice?.layer) + by];
    if (next === undefined) return;
    select(next.name);
    // What had the focus may go with its layer.
    if (kernelView.current?.contains(document.activeElement)) kernelView.current.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    handlers.onKeyDown(event);
    const action = event.defaultPrevented ? undefined : actionOf(event, tileSize);
    if (action === undefined) return;
    event.preventDefault();
    if (action.type === "pauseOrContinue") pauseOrContinue(run, post);
    else if (action.type === "smoothing") setCurves({ ...curves, smoothing: smoothed(curves.smoothing, action.by) });
    else if (action.type === "layer") stepLayer(action.by);
    else setTileSize(action.size);
  };
  return (
    <>
      <main onKeyDown={onKeyDown} onContextMenu={handlers.onContextMenu}>
        <Header run={run} series={series} post={post} saves={saves} />
        <Notices run={run} series={series} post={post} />
        <Facts run={run} series={series} />
        <CurvesSection
          record={run.record}
          series={series}
          view={curves}
          onView={setCurves}
          onCanvas={(quantity, canvas) =>
            canvas === undefined ? canvases.current.delete(quantity) : canvases.current.set(quantity, canvas)
          }
        />
        {run.layers.length === 0 ? null : (
          <div class="pair">
            <Layers
              layers={run.layers}
              inputShape={run.inputShape}
              selected={choice?.layer}
              pictures={state.pictures}
              onSelect={select}
              onInSight={onInSight}
            />
            {row === undefined || choice === undefined ? (
              <section class="section" />
            ) : (
              <section
                ref={kernelView}
                class="section kernel-view"
                aria-label={`Weights of ${row.name}`}
                aria-live="off"
                data-menu="kernels"
                tabIndex={-1}
              >
                <Kernels
                  key={row.name}
                  row={row}
                  choice={choice}
                  picture={picture}
                  numbers={state.numbers}
                  tileSize={tileSize}
                  onTileSize={setTileSize}
                  onChoose={setChosen}
                  onPoint={setPointed}
                />
              </section>
            )}
          </div>
        )}
      </main>
      {/* Outside, as what is fixed in a container may not be fixed to the window. */}
      {menu}
    </>
  );
}

function pauseOrContinue({ record, live }: RunView, post: Props["post"]): void {
  if (!live || record.state === "starting") return;
  post({ type: record.state === "paused" ? "continue" : "pause" });
}

/** The chosen kernel if the network has it, else the first of the first layer that learns. */
function validChoice(run: RunView, chosen: KernelChoice | undefined): KernelChoice | undefined {
  if (chosen !== undefined && run.layers.some(({ name }) => name === chosen.layer)) return chosen;
  const first = run.layers.find(({ kernelShape }) => kernelShape !== undefined) ?? run.layers[0];
  return first && { layer: first.name, output: 0, channel: 0 };
}

/** Tells the host what is shown, once a change has settled for a frame. */
function useWatch(choice: KernelChoice | undefined, pointed: number | undefined, post: Props["post"]) {
  const inSight = useRef(new Set<string>());
  const [sights, setSights] = useState(0);
  const layers = [...inSight.current].sort().join("\n");
  useEffect(() => {
    const selection: KernelSelection | undefined = choice && {
      layer: choice.layer,
      channel: choice.channel,
      outputs: pointed === undefined ? [choice.output] : [choice.output, pointed],
    };
    post({
      type: "watch",
      layers: layers === "" ? [] : layers.split("\n"),
      pace: prefersReducedMotion() ? "epoch" : "live",
      ...(selection === undefined ? {} : { selection }),
    });
  }, [layers, sights, choice?.layer, choice?.output, choice?.channel, pointed]);
  return useCallback((layer: string, seen: boolean) => {
    const had = inSight.current.has(layer);
    if (seen) inSight.current.add(layer);
    else inSight.current.delete(layer);
    if (had !== seen) setSights((n) => n + 1);
  }, []);
}

/** Restores the scroll once, and saves everything soon after anything of it changed. */
function useScroll(restored: number, save: (scroll: number) => void, changes: readonly unknown[]): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => scrollTo(0, restored), []);
  useEffect(() => latest.current(scrollY), changes);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => latest.current(scrollY), 200);
    };
    addEventListener("scroll", later, { passive: true });
    return () => {
      clearTimeout(timer);
      removeEventListener("scroll", later);
    };
  }, []);
}
