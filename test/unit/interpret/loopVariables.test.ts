import { beforeAll, expect, it } from "vitest";
import { Interpreter } from "../../../src/interpret/interpreter.js";
import { javascriptSemantics } from "../../../src/interpret/javascript/semantics.js";
import { parseJavascript } from "../../../src/syntax/javascript/files.js";
import { packagedGrammars } from "../../fixtures/grammars.js";
import { PATIENT } from "../../fixtures/patient.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("javascript"));

/** The numbers in the list that a program calls `result`. */
function result(text: string): unknown[] {
  const parse = (file: string, source: string) => parseJavascript(grammars, file, source);
  const interpreter = new Interpreter({ semantics: javascriptSemantics(), libraries: [], parse, limits: PATIENT });
  const value = interpreter.run("main.js", parse("main.js", text)).globals.find("result");
  return value?.kind === "list" ? value.items.map((item) => (item.kind === "number" ? item.value : item.kind)) : [value?.kind];
}

it.each([
  ["let", "const made = []; for (let i = 0; i < 3; i++) made.push(() => i); const result = made.map((f) => f());", [0, 1, 2]],
  ["var", "const made = []; for (var i = 0; i < 3; i++) made.push(() => i); const result = made.map((f) => f());", [3, 3, 3]],
  ["a body that counts on", "const result = []; for (let i = 0; i < 6; i++) { result.push(i); i++; }", [0, 2, 4]],
  ["continue", "const result = []; for (let i = 0, n = 4; i < n; i++) { if (i % 2) continue; result.push(i + n); }", [4, 6]],
])("gives each pass of a loop the variables JavaScript does: %s", (_, text, expected) => {
  expect(result(text)).toEqual(expected);
});
