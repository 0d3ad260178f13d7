import path from "node:path";
import { kindOfFile, mentionsFramework } from "../reading/files.js";
import { sourceLanguage } from "../reading/languages.js";
import { Source, type SourceContext } from "../reading/source.js";
import type { SourceReading } from "../reading/types.js";
import type { GrammarName, Grammars, Language } from "../syntax/parser.js";
import { filesOf, projectFolder } from "./workspace.js";

export interface ReadSourceOptions {
  /** Folder that imports may lead to; else the project's. */
  readonly folder?: string | undefined;
  /** What models of the workspace usually get. */
  readonly usualInputs?: SourceContext["usualInputs"] | undefined;
  /** Of notebooks, whose name does not tell; else the file's ending does. */
  readonly language?: Language | undefined;
  readonly patience?: SourceContext["patience"] | undefined;
}

/** Grammars of the files that imports may lead to. */
const IMPORTED: Readonly<Record<Language, readonly GrammarName[]>> = { python: [], julia: [], javascript: ["javascript", "typescript"] };

/** Reads a source file's text; undefined where its ending is no language that is read, or nothing in it makes networks. */
export async function readSource(
  text: string,
  file: string,
  grammars: Grammars,
  { folder = projectFolder(file), language, usualInputs, patience }: ReadSourceOptions = {},
): Promise<SourceReading | undefined> {
  const kind = language ? { language, grammar: language } : kindOfFile(file);
  if (!kind || !mentionsFramework(text)) return undefined;
  await grammars.load(kind.grammar, ...IMPORTED[kind.language]);
  const relative = path.relative(folder, file).split(path.sep).join("/");
  return new Source(text, sourceLanguage(kind.language, grammars), {
    file: relative,
    workspace: filesOf(folder),
    ...(usualInputs && { usualInputs }),
    ...(patience !== undefined && { patience }),
  });
}
