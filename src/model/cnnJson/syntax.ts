import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import type { ProblemList } from "./problems.js";
import { ArrayNode, type JsonNode, LiteralNode, ObjectNode } from "./tree.js";

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

/** The first thing wrong with a text's syntax. */
interface SyntaxError {
  readonly code: ParseErrorCode;
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads JSON with comments and trailing commas as far as it can be understood. Of the syntax errors only the first is a problem:
 * the others usually follow from it.
 */
export function parseJson(text: string, problems: ProblemList): JsonNode | undefined {
  const { root, error } = buildTree(text);
  if (error) {
    const start = Math.min(error.offset, Math.max(0, text.length - 1));
    const end = Math.min(text.length, start + Math.max(1, error.length));
    problems.add({ start, end }, "syntax", `Not JSON: ${SENTENCES[printParseErrorCode(error.code)] ?? "this cannot be read"}`);
  }
  return root;
}

/** As jsonc-parser's parseTree, with half the objects: they are made anew at each keystroke. */
function buildTree(text: string): { readonly root: JsonNode | undefined; readonly error: SyntaxError | undefined } {
  let root: JsonNode | undefined;
  let error: SyntaxError | undefined;
  const open: (ObjectNode | ArrayNode)[] = [];
  const add = (node: JsonNode) => {
    const parent = open.at(-1);
    if (parent) parent.add(node);
    else root ??= node;
  };
  const end = (offset: number, length: number) => {
    const node = open.pop();
    if (!node) return;
    node.end = offset + length;
    add(node);
  };
  visit(
    text,
    {
      onObjectBegin: (offset) => void open.push(new ObjectNode(offset, text.length)),
      onObjectProperty: (key, offset, length) => {
        const parent = open.at(-1);
        if (parent instanceof ObjectNode) parent.addKey(key, offset, offset + length);
      },
      onObjectEnd: end,
      onArrayBegin: (offset) => void open.push(new ArrayNode(offset, text.length)),
      onArrayEnd: end,
      onLiteralValue: (value: string | number | boolean | null, offset, length) => add(new LiteralNode(offset, offset + length, value)),
      onError: (code, offset, length) => {
        error ??= { code, offset, length };
      },
    },
    { allowTrailingComma: true, allowEmptyContent: true },
  );
  return { root, error };
}
