export type EngineName = "tensorflow" | "wasm";

/** Who computes a program; a run records it. Equal descriptions on equal programs give bit-equal numbers. */
export interface EngineDescription {
  readonly name: EngineName | "reference";
  readonly version: string;
  readonly threads: number;
  /** Whatever else decides bits: oneDNN, instruction sets. */
  readonly features: readonly string[];
}
