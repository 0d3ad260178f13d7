/** A stored tensor that a variable starts as. */
export interface StoredWeight {
  /** Its name in the file. */
  readonly tensor: string;
  /** Its sizes before its axes are reordered, where they are not those that are stored. */
  readonly shape?: readonly number[];
  /** Its axes in the order of the variable's; absent: as they are. The sizes may differ, the counts are equal. */
  readonly permutation?: readonly number[];
}

/** Weights of a saved model that a run starts from. Variables that are not named start as their layers say. */
export interface StartingWeights {
  /** Path of the saved model or checkpoint. */
  readonly file: string;
  /** By the variable's name ("conv1/kernel"). */
  readonly weights: Readonly<Record<string, StoredWeight>>;
}
