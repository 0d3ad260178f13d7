/**
 * Stable names of errors that somebody reacts to by more than showing them. They survive the trainer's channel.
 * - "dataMissing": the data set is neither in the cache nor in a search folder, and downloading was not allowed (data/)
 * - "dataInvalid": files were found, but are broken (data/)
 * - "engineMissing": the engine asked for is not installed, or cannot be loaded (engine/)
 * - "networkInvalid": the network's text has problems that keep it from being trained (compile/, trainer/)
 * - "storage": a folder cannot be written: full, read-only (trainer/)
 */
export type UserErrorCode = "dataMissing" | "dataInvalid" | "engineMissing" | "networkInvalid" | "storage";

/** An error whose message is meant for the user: one sentence that names the thing and the remedy. Anything else thrown is a bug. */
export class UserError extends Error {
  override readonly name = "UserError";

  constructor(
    message: string,
    readonly code?: UserErrorCode,
  ) {
    super(message);
  }
}

/** What to show for anything thrown: a UserError's sentence, else the message marked as unexpected. */
export function describeError(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return `Unexpected error: ${error instanceof Error ? error.message : String(error)}`;
}
