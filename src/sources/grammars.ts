import { readFile } from "node:fs/promises";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { type GrammarName, Grammars } from "../syntax/parser.js";

/** The grammars that lie beside the bundle, in `grammars/`. */
export function grammarsIn(directory: string): Grammars {
  return new NodeGrammars((file) => readFile(path.join(directory, "grammars", file)));
}

class NodeGrammars extends Grammars {
  /**
   * The lexer of Julia's grammar is one function of megabytes. V8 would optimize it after a few calls, for 10 s of a processor, and a process
   * does not end before that is done; what V8 makes of it at once is fast enough.
   */
  override async load(...names: readonly GrammarName[]): Promise<void> {
    await super.load(...names.filter((name) => name !== "julia"));
    if (!names.includes("julia")) return;
    setFlagsFromString("--liftoff-only");
    try {
      await super.load("julia");
    } finally {
      setFlagsFromString("--no-liftoff-only");
    }
  }
}
