// Which files are read as source: all that has to be known before the languages and frameworks themselves are loaded.
import type { GrammarName, Language } from "../syntax/parser.js";

/** How a file name's ending is read. */
interface Kind {
  readonly language: Language;
  readonly grammar: GrammarName;
}

const KINDS: Readonly<Record<string, Kind>> = {
  py: { language: "python", grammar: "python" },
  js: { language: "javascript", grammar: "javascript" },
  mjs: { language: "javascript", grammar: "javascript" },
  cjs: { language: "javascript", grammar: "javascript" },
  jsx: { language: "javascript", grammar: "javascript" },
  ts: { language: "javascript", grammar: "typescript" },
  mts: { language: "javascript", grammar: "typescript" },
  tsx: { language: "javascript", grammar: "tsx" },
  html: { language: "javascript", grammar: "javascript" },
  htm: { language: "javascript", grammar: "javascript" },
  jl: { language: "julia", grammar: "julia" },
};

/** The endings of files that are read as source. */
export const SOURCE_ENDINGS = Object.keys(KINDS);

/** What the names of frameworks look like in a text; without any of them nothing is read. */
const MENTIONS = /\b(torch(vision)?|keras|tensorflow|tfjs|tf\.(layers|sequential|model)|Flux|Metalhead|Lux)\b/;

/** Whether a text may make networks at all, at the cost of one search. */
export function mentionsFramework(text: string): boolean {
  return MENTIONS.test(text);
}

export function kindOfFile(file: string): Kind | undefined {
  return KINDS[/\.(\w+)$/.exec(file.toLowerCase())?.[1] ?? ""];
}
