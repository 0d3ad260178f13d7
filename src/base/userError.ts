/** An error whose message is meant for the user: one sentence that names the thing and the remedy. Anything else thrown is a bug. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** What to show for anything thrown: a UserError's sentence, else the message marked as unexpected. */
export function describeError(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return `Unexpected error: ${error instanceof Error ? error.message : String(error)}`;
}
