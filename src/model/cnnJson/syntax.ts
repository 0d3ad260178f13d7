import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { ProblemList } from "./problems.js";

const SENTENCES: Readonly<Record<string, string>> = {
  InvalidSymbol: "this is no JSON value; put words in double quotes",
  InvalidNumberFormat: "this is no number; write it as 0.5 or 1e-4",
  PropertyNameExpected: 'an argument\'s name in double quotes is expected here, such as "filters"',
  ValueExpected: "a value is expected here",
  ColonExpected: "a colon is expected here",
  CommaExpected: "a comma is expected here",
  CloseBraceExpected: "a closing } is expected here",
  CloseBracketExpected: "a closing ] is expected here",
  EndOfFileExpected: "the file goes on after its closing }; remove what follows",
  UnexpectedEndOfComment: "this comment does not end; close it with */",
  UnexpectedEndOfString: "this text does not end; close it with a double quote",
  UnexpectedEndOfNumber: "this number does not end",
};

/**
 * Reads JSON with comments and trailing commas as far as it can be understood. Of the syntax errors only the first is a problem:
 * the others usually follow from it.
 */
export function parseJson(text: string, problems: ProblemList): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first) {
    const start = Math.min(first.offset, Math.max(0, text.length - 1));
    const end = Math.min(text.length, start + Math.max(1, first.length));
    problems.add({ start, end }, "syntax", `Not JSON: ${SENTENCES[printParseErrorCode(first.error)] ?? "this cannot be read"}`);
  }
  return root;
}
