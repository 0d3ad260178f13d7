import type { ComponentChildren } from "preact";
import type { FromTrainingPanel, RunView } from "../../src/protocol/trainingPanel.js";
import { count, short } from "../shared/format.js";
import { fileName } from "./runFacts.js";
import { lastStep, type Series } from "./series.js";

interface Props {
  readonly run: RunView;
  readonly series: Series;
  readonly post: (message: FromTrainingPanel) => void;
}

/** Sentences for what needs one: failures, what loads, a faster engine, a network that moved on. */
export function Notices({ run, series, post }: Props) {
  const { record, progress, offer } = run;
  const button = (text: string, message: FromTrainingPanel) => <vscode-button onClick={() => post(message)}>{text}</vscode-button>;
  return (
    <>
      <Failure run={run} series={series} post={post} />
      {record.state === "starting" ? (
        <Notice icon="info" role="status">
          <span class="sentence">{progress?.message ?? "Starting the trainer"}</span>
        </Notice>
      ) : null}
      {offer !== undefined ? (
        <Notice icon="lightbulb">
          <span class="sentence">
            Engine {record.engine.name}. {offer.engine} trains this network{" "}
            {offer.times === undefined ? "several times as fast" : `about ${short(offer.times, 2)} times as fast (measured)`}.
          </span>
          {button(`Install, ${offer.size}`, { type: "command", command: "installEngine" })}
        </Notice>
      ) : null}
      {run.edited ? (
        <Notice icon="info">
          <span class="sentence">This run is of an earlier {fileName(record)}.</span>
          {button("Show the difference", { type: "command", command: "showDifference" })}
        </Notice>
      ) : null}
    </>
  );
}

function Failure({ run: { record, live }, series, post }: Props) {
  if (live) return null;
  const step = count(lastStep(series));
  const resume = (text: string, learningRate?: number) => (
    <vscode-button onClick={() => post({ type: "resume", ...(learningRate === undefined ? {} : { learningRate }) })}>{text}</vscode-button>
  );
  if (record.state === "diverged") {
    const event = record.events.filter((each) => each.event === "diverged").at(-1);
    const kept = event?.event === "diverged" ? event.lastGoodStep : 0;
    const layer = event?.event === "diverged" && event.layer !== undefined ? ` in ${event.layer}` : "";
    const half = Number((series.rate.last / 2).toPrecision(2));
    return (
      <Notice icon="error" role="alert">
        <span class="sentence">
          {record.message ??
            `The loss became NaN at step ${count(event?.step ?? lastStep(series))}${layer}. Weights of step ${count(kept)} are kept.`}{" "}
          A smaller learning rate often helps.
        </span>
        {resume(`Resume from step ${count(kept)} with ${short(half)}`, half)}
      </Notice>
    );
  }
  if (record.state === "killed") {
    return (
      <Notice icon="error" role="alert">
        <span class="sentence">{record.message ?? `The trainer ended at step ${step}. Nothing before its last checkpoint is lost.`}</span>
        {resume("Resume")}
      </Notice>
    );
  }
  if (record.state === "failed") {
    return (
      <Notice icon="error" role="alert">
        <span class="sentence">{record.message ?? "The training failed."}</span>
        {lastStep(series) > 0 ? resume("Resume") : null}
      </Notice>
    );
  }
  return null;
}

function Notice({
  icon,
  role,
  children,
}: {
  readonly icon: string;
  readonly role?: "alert" | "status";
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`notice ${icon}`} role={role ?? "note"}>
      <i class={`codicon codicon-${icon}`} aria-hidden="true" />
      {children}
    </div>
  );
}

/** Before any run: what would be here, and how to get it. */
export function NoRun({ network, post }: { readonly network: string | undefined; readonly post: Props["post"] }) {
  return (
    <div class="empty">
      <h1>No run yet</h1>
      <p>Train {network ?? "a network"} to see its curves and kernels here as they form.</p>
      <div class="bar">
        <vscode-button onClick={() => post({ type: "command", command: "train" })}>Train CNN</vscode-button>
        <vscode-button secondary onClick={() => post({ type: "command", command: "openNetwork" })}>
          Open a network
        </vscode-button>
      </div>
    </div>
  );
}
