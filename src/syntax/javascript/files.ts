import type { GrammarName, Grammars } from "../parser.js";
import type { Module, Statement } from "../tree.js";
import { scriptsOf, scriptText } from "./html.js";
import { javascriptModule } from "./module.js";

/** The grammar of a file, by its name. TypeScript's own doesn't know JSX, and takes `<T>x` for a type assertion. */
function javascriptGrammar(file: string): Extract<GrammarName, "javascript" | "typescript" | "tsx"> {
  if (/\.[mc]?ts$/i.test(file)) return "typescript";
  return /\.tsx$/i.test(file) ? "tsx" : "javascript";
}

/**
 * The program in a JavaScript or TypeScript file, or in the scripts of a page; what has no scripts is a program itself, as expressions
 * about a page's models are. The grammar of JavaScript has to be loaded; where the one of
 * TypeScript is not, only what both share is understood.
 */
export function parseJavascript(grammars: Grammars, file: string, text: string): Module {
  if (!/\.html?$/i.test(file) || !/<\w/.test(text)) return javascriptModule(grammars.parse(grammarOf(file, grammars), text));
  const module = javascriptModule(grammars.parse("javascript", scriptText(text)));
  return { ...module, body: [...scriptImports(text), ...module.body] };
}

function grammarOf(file: string, grammars: Grammars): GrammarName {
  const grammar = javascriptGrammar(file);
  return grammars.has(grammar) ? grammar : "javascript";
}

/** A page's scripts share their names: those in files of the workspace are there for the others. */
function scriptImports(html: string): Statement[] {
  return scriptsOf(html).flatMap(({ source, start }): Statement[] => {
    if (source === undefined || /^([a-z]+:)?\/\//i.test(source) || source.startsWith("/")) return [];
    const path = source.replace(/[?#].*$/, "");
    const range = { start, end: start };
    return [{ kind: "import", module: path.startsWith(".") ? path : `./${path}`, level: 0, all: true, range }];
  });
}
