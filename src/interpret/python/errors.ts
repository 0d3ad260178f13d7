import { type ProgramError, programError } from "../errors.js";
import type { Call } from "../values.js";

export function typeError(message: string, call: Call): ProgramError {
  return programError("TypeError", message, call.place);
}

export function valueError(message: string, call: Call): ProgramError {
  return programError("ValueError", message, call.place);
}

export function indexError(message: string, call: Call): ProgramError {
  return programError("IndexError", message, call.place);
}
