// Every name that package.json and the code must agree on, once. A test compares the two.

export const COMMANDS = {
  train: "cnnLab.train",
  showModel: "cnnLab.showModel",
  showTraining: "cnnLab.showTraining",
  pause: "cnnLab.pause",
  resume: "cnnLab.resume",
  stop: "cnnLab.stop",
  openRun: "cnnLab.openRun",
  compareNetwork: "cnnLab.compareNetwork",
  deleteRun: "cnnLab.deleteRun",
  newNetwork: "cnnLab.newNetwork",
  openNetwork: "cnnLab.openNetwork",
  setInput: "cnnLab.setInput",
  chooseDataFolder: "cnnLab.chooseDataFolder",
  installTensorFlow: "cnnLab.installTensorFlow",
  removeTensorFlow: "cnnLab.removeTensorFlow",
  showLog: "cnnLab.showLog",
} as const;

export type CommandName = keyof typeof COMMANDS;

export const SETTINGS = {
  engine: "cnnLab.engine",
  threads: "cnnLab.threads",
  dataFolder: "cnnLab.dataFolder",
  hintsShow: "cnnLab.hints.show",
  input: "cnnLab.input",
  resumeAfterReload: "cnnLab.resumeAfterReload",
} as const;

/** Trees in the side bar. */
export const VIEWS = { networks: "cnnLab.networks" } as const;

/** View types of webview panels. */
export const PANELS = { training: "cnnLab.training", model: "cnnLab.model" } as const;

/** View types of editors for files: models that only we read, and files that others read as well. */
export const EDITORS = { savedModel: "cnnLab.savedModel", sharedFile: "cnnLab.sharedFile" } as const;

/** Context keys for `when` clauses. */
export const CONTEXT_KEYS = {
  /** A trainer is computing. */
  running: "cnnLab.running",
  /** A trainer waits, or a run has ended before its last epoch. */
  resumable: "cnnLab.resumable",
  /** A trainer process is there, computing or paused. */
  live: "cnnLab.live",
  hasRuns: "cnnLab.hasRuns",
  /** The active editor shows source code that may make networks. */
  codeInSight: "cnnLab.codeInSight",
  tensorflowInstalled: "cnnLab.tensorflowInstalled",
} as const;

export type ContextKey = keyof typeof CONTEXT_KEYS;

/** What a tree item is, for menus (`viewItem`). */
export const ITEM_CONTEXTS = {
  network: "cnnLab.network",
  missingNetwork: "cnnLab.missingNetwork",
  runRunning: "cnnLab.run.running",
  runPaused: "cnnLab.run.paused",
  runStarting: "cnnLab.run.starting",
  /** Ended before its last epoch. */
  runResumable: "cnnLab.run.resumable",
  /** Trained by another process. */
  runElsewhere: "cnnLab.run.elsewhere",
  runEnded: "cnnLab.run.ended",
} as const;

export const NETWORK_SUFFIX = ".cnn.json";
export const NETWORK_GLOB = "**/*.cnn.json";
