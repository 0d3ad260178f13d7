import type { ObservableRun } from "../../../src/host/training/observableRun.js";
import { DEFAULT_TRAINING } from "../../../src/model/training.js";
import type { MetricsLine } from "../../../src/run/metrics.js";
import type { RunRecord } from "../../../src/run/record.js";

const NONE = () => ({ dispose: () => undefined });

/** The record of a run in epoch 8 of 12, as the mockups have it. */
export function sampleRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    format: 1,
    id: "4f2a91",
    network: { file: "nets/lenet5.cnn.json", source: "{}", hash: "00" },
    data: { name: "mnist", hash: "00", train: 55_000, validation: 5_000, test: 10_000 },
    training: { ...DEFAULT_TRAINING, epochs: 12 },
    engine: { name: "tensorflow", version: "2.21", threads: 2, features: [] },
    created: "2026-03-01T11:50:00Z",
    updated: "2026-03-01T11:55:00Z",
    state: "running",
    step: 3010,
    checkpoint: 3010,
    stepsPerEpoch: 430,
    seconds: 40,
    best: { epoch: 6, step: 2580, validation: { loss: 0.0381, accuracy: 0.989 } },
    events: [],
    ...changes,
  };
}

/** As left by a trainer that was killed before it had written anything. */
export function withoutCheckpoint(record: RunRecord): RunRecord {
  const { checkpoint: _none, ...rest } = record;
  return rest;
}

export const SAMPLE_METRICS: readonly MetricsLine[] = [
  { kind: "epoch", epoch: 7, step: 3010, time: 40, train: { loss: 0.03, accuracy: 0.99 }, validation: { loss: 0.0388, accuracy: 0.9884 } },
  { kind: "steps", first: 3011, loss: [0.03, 0.031], rate: [0.0005, 0.0005], time: [40.5, 41] },
];

export function sampleRun(record: Partial<RunRecord> = {}, more: Partial<ObservableRun> = {}): ObservableRun {
  const refuse = async () => {
    throw new Error("a sample does nothing");
  };
  return {
    record: sampleRecord(record),
    runDirectory: "/ws/.cnn/runs/4f2a91",
    layers: [],
    metrics: SAMPLE_METRICS,
    progress: undefined,
    live: true,
    onDidChange: NONE,
    onDidAddMetrics: NONE,
    onDidReceiveWeights: NONE,
    weights: refuse,
    watch: () => undefined,
    pause: refuse,
    continue: refuse,
    stop: refuse,
    setRate: refuse,
    resume: refuse,
    ...more,
  };
}
