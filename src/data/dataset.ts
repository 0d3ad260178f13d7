/** Images of one size with class labels, all in memory. */
export interface Split {
  readonly count: number;
  /** count * height * width * channels bytes, NHWC. */
  readonly images: Uint8Array;
  /** Class indexes, 0 to classes.length - 1. */
  readonly labels: Int32Array;
}

export interface Dataset {
  /** As the network file names it: "glyphs", "mnist", "idx:PATH". */
  readonly name: string;
  /** [height, width, channels] */
  readonly shape: readonly [number, number, number];
  readonly classes: readonly string[];
  /** SHA-256 of the pictures and labels, hex: a run records it. */
  readonly hash: string;
  readonly train: Split;
  /** Never used to choose weights. */
  readonly test: Split;
}

/** What loading may use; the host and the command line fill it in. */
export interface LoadOptions {
  /** Where generated and downloaded sets are kept. */
  readonly cacheDirectory: string;
  /** Folders to look for files in, before any download: settings, the workspace. Relative `idx:` paths are resolved against the first. */
  readonly searchDirectories: readonly string[];
  /** Without consent, a set that would have to be downloaded fails with a sentence that says what to do. */
  readonly allowDownload: boolean;
  /** The name was given by the user (command line, setting), not by a network file: only then may an `idx:` path leave the search folders. */
  readonly fromUser?: boolean;
  readonly onProgress?: (progress: { readonly message: string; readonly fraction?: number }) => void;
  /** Once the JavaScript thread is hardly needed any more: threads check what was read, or a download goes on. Not told by every set. */
  readonly onBackground?: () => void;
  readonly signal?: AbortSignal;
}
// `loadDataset(name: string, options: LoadOptions): Promise<Dataset>` is in load.ts; it throws UserError.
