import type { TextRange } from "../base/text.js";
import { UserError } from "../base/userError.js";

/** What keeps a network from being trained on its data, and where its text says that; undefined where it is what the text does not say. */
export class NetworkError extends UserError {
  constructor(
    message: string,
    readonly range: TextRange | undefined,
  ) {
    super(message, "networkInvalid");
  }
}
