import { flux } from "../frameworks/flux/flux.js";
import type { SourceFramework } from "../frameworks/framework.js";
import { keras } from "../frameworks/keras/source/framework.js";
import { pytorch } from "../frameworks/pytorch/pytorch.js";
import { tfjs } from "../frameworks/tfjs/framework.js";
import { PAGE_GLOBALS } from "../frameworks/tfjs/library.js";
import { javascriptSemantics } from "../interpret/javascript/semantics.js";
import { juliaSemantics } from "../interpret/julia/semantics.js";
import type { Library } from "../interpret/library.js";
import { PYTHON_LIBRARY } from "../interpret/python/library.js";
import { PYTHON } from "../interpret/python/semantics.js";
import type { Semantics } from "../interpret/semantics.js";
import { parseJavascript } from "../syntax/javascript/files.js";
import { juliaModule } from "../syntax/julia/module.js";
import type { Grammars, Language } from "../syntax/parser.js";
import { parsePython } from "../syntax/python/parse.js";
import type { Module } from "../syntax/tree.js";

/** All it takes to read source files of a language. */
export interface SourceLanguage {
  readonly language: Language;
  readonly semantics: Semantics;
  /** The language's own modules. */
  readonly libraries: readonly Library[];
  readonly frameworks: readonly SourceFramework[];
  /** Of a file, by its name. */
  parse(file: string, text: string): Module;
}

/** A language with its frameworks; the grammars of the files to be parsed have to be loaded. */
export function sourceLanguage(language: Language, grammars: Grammars): SourceLanguage {
  switch (language) {
    case "python":
      return {
        language,
        semantics: PYTHON,
        libraries: [PYTHON_LIBRARY],
        frameworks: [pytorch, keras],
        parse: (_file, text) => parsePython(grammars, text),
      };
    case "javascript":
      return {
        language,
        semantics: javascriptSemantics(PAGE_GLOBALS),
        libraries: [],
        frameworks: [tfjs],
        parse: (file, text) => parseJavascript(grammars, file, text),
      };
    case "julia":
      return {
        language,
        semantics: juliaSemantics,
        libraries: [],
        frameworks: [flux],
        parse: (_file, text) => juliaModule(grammars.parse("julia", text)),
      };
  }
}
