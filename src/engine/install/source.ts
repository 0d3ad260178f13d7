/** How far an installation is. */
export interface InstallProgress {
  /** What is being done, for people: "Downloading TensorFlow 2.21.0". */
  readonly text: string;
  /** Of the whole installation, 0 to 1. */
  readonly fraction: number;
  /** Of the download that is under way. */
  readonly bytes?: number;
  readonly totalBytes?: number;
}

export interface StageContext {
  readonly onProgress: (progress: InstallProgress) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * A way to get the engine. It fills a folder with lib/napi-v8/tfjs_binding.node and deps/lib/ with TensorFlow's libraries, as tfjs-node
 * lays them out: the addon finds the libraries there.
 */
export interface EngineSource {
  /** Stable, for the manifest. */
  readonly name: string;
  /** Name of the folder it is installed to: engine, version and platform. */
  readonly key: string;
  /** Free bytes it needs while installing. */
  readonly spaceNeeded: number;
  /** What is missing for it here ("a C++ compiler"); nothing where it can be tried. */
  missing(): Promise<readonly string[]>;
  stage(directory: string, context: StageContext): Promise<void>;
}

/** The npm package that has the addon: its sources, and an installer that knows where built ones are. */
export const TFJS_NODE = "@tensorflow/tfjs-node@4.22.0";

/** Folder of TensorFlow's libraries; the addon looks for them there. */
export const LIBRARIES = "deps/lib";
