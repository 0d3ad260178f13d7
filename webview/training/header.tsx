import { useRef, useState } from "preact/hooks";
import type { FromTrainingPanel, RunView } from "../../src/protocol/trainingPanel.js";
import { Action } from "../shared/action.js";
import { short } from "../shared/format.js";
import { SaveMenu } from "../shared/saveMenu.js";
import { fileName, progressOf, STATES } from "./runFacts.js";
import type { SaveItem } from "./saving.js";
import type { Series } from "./series.js";

interface Props {
  readonly run: RunView;
  readonly series: Series;
  readonly post: (message: FromTrainingPanel) => void;
  readonly saves: readonly SaveItem[];
}

/** The title bar, always in sight: what is trained, how it stands, and what can be done about it. */
export function Header({ run, series, post, saves }: Props) {
  const { record, live } = run;
  const state = STATES[record.state];
  const progress = record.state === "starting" ? (run.progress?.fraction ?? 0) : progressOf(record, series);
  const shown = Math.round(100 * progress);
  return (
    <header>
      <div class="bar">
        <h1>
          <button
            type="button"
            class="link"
            title={`${record.network.file}, run ${record.id}`}
            onClick={() => post({ type: "command", command: "openFile" })}
          >
            {fileName(record)}
          </button>
        </h1>
        <span class="quiet num run-id">run {record.id}</span>
        <span class={`state ${state.mark}`} role="status">
          {state.text}
        </span>
        <span class="push" />
        {live && record.state !== "starting" ? <RateField rate={series.rate.last} post={post} /> : null}
        <Buttons run={run} post={post} />
        <SaveMenu items={saves.filter(({ does }) => does === "save")} />
      </div>
      <div
        class="progress"
        role="progressbar"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={shown}
        aria-label={`Training, ${shown} percent`}
      >
        <i style={{ transform: `scaleX(${progress})` }} />
      </div>
    </header>
  );
}

function Buttons({ run: { record, live }, post }: Pick<Props, "run" | "post">) {
  if (live) {
    return (
      <>
        {record.state === "paused" ? (
          <Action icon="debug-start" text="Resume" onClick={() => post({ type: "continue" })} />
        ) : (
          <Action icon="debug-pause" text="Pause" disabled={record.state !== "running"} onClick={() => post({ type: "pause" })} />
        )}
        <Action icon="debug-stop" text="Stop" onClick={() => post({ type: "stop" })} />
      </>
    );
  }
  // Failures have their button beside the sentence that explains them.
  return record.state === "stopped" ? <Action icon="debug-start" text="Resume" onClick={() => post({ type: "resume" })} /> : null;
}

/** Shows the rate of the last step; a typed one is sent with Enter, Escape gives it up. */
function RateField({ rate, post }: { readonly rate: number; readonly post: Props["post"] }) {
  const [typed, setTyped] = useState<string>();
  const field = useRef<HTMLElement & { value?: string }>(null);
  const value = Number(typed);
  const invalid = typed !== undefined && !(value > 0 && Number.isFinite(value));
  return (
    <span class="field wide-only">
      <span>Learning rate</span>
      <vscode-textfield
        ref={field}
        class="rate"
        label="Learning rate, takes effect with the next step"
        value={typed ?? (Number.isFinite(rate) ? short(rate).replace("\u2212", "-") : "")}
        invalid={invalid}
        onInput={() => setTyped(field.current?.value ?? "")}
        onBlur={() => setTyped(undefined)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setTyped(undefined);
          if (event.key !== "Enter" || typed === undefined || invalid) return;
          post({ type: "setRate", learningRate: value });
          setTyped(undefined);
        }}
      />
    </span>
  );
}
