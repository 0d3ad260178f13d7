import { beforeAll, describe, expect, it } from "vitest";
import { scriptsOf, scriptText } from "../../../src/syntax/javascript/html.js";
import { javascriptModule } from "../../../src/syntax/javascript/module.js";
import type { GrammarName } from "../../../src/syntax/parser.js";
import { packagedGrammars } from "../../fixtures/grammars.js";
import { show } from "./show.js";

const grammars = packagedGrammars();

beforeAll(() => grammars.load("javascript", "typescript", "tsx"));

const moduleOf = (text: string, grammar: GrammarName = "javascript") => javascriptModule(grammars.parse(grammar, text));
const js = (text: string) => show(moduleOf(text).body);
const ts = (text: string) => show(moduleOf(text, "typescript").body);

describe("JavaScript's expressions", () => {
  it.each([
    ["0x1F + 1_000n", "(31 + 1000)"],
    ["'a\\n\\x41\\u{1F600}'", '"a\\nA😀"'],
    [`\`a\${b}\\t\${c + 1}\``, 'template("a", b, "\\t", (c + 1))'],
    ["a === b && c != null || !d", "(((a is b) and (c != none)) or (not d))"],
    ["a ?? b", "(a coalesce b)"],
    ["[1, , ...xs]", "[1, none, ...xs]"],
    [
      "({a, 'b': 1, [c]: 2, d() { return 1 }, get e() { return 2 }, ...f, 3: 4})",
      '{"a": a, "b": 1, c: 2, "d": d() {return 1}, "e": unknown<e>, ...f, "3": 4}',
    ],
    ["a?.b.c", "a?.b?.c"],
    ["a?.[0]", "((a == none) ? none : a[0])"],
    ["f?.(1)", "((f == none) ? none : f(1))"],
    ["new Foo", "new Foo()"],
    ["new a.Foo(1, ...xs)", "new a.Foo(1, spread xs)"],
    ["await f(x)", "f(x)"],
    ["typeof x", "typeof(x)"],
    ["x instanceof A", "instanceof(x, A)"],
    ["x ? 1 : (2, 3)", "(x ? 1 : {2; return 3})"],
    ["f(x = 3, i++, --j)", "f((x := 3), ((i := (i + 1)) - 1), (j := (j - 1)))"],
    ["f(x ??= 3)", "f((x := (x coalesce 3)))"],
    ["async ({a, b: [c] = []}, d = 1, ...e) => a", "arrow ({a: a, b: [c] ?= []}, d ?= 1, rest e) {return a}"],
    ["(x) => ({y: x})", 'arrow (x) {return {"y": x}}'],
    ["/re/g", "unknown</re/g>"],
    ["require('fs').x", "{import fs as module fs; return module.exports of(module fs)}.x"],
    ["import('./m.js')", "{import ./m.js as module ./m.js; return module ./m.js}"],
  ])("%s", (text, expected) => {
    expect(js(text)).toEqual([expected]);
  });
});

describe("JavaScript's statements", () => {
  it.each([
    ["const {a, b: c = 1, ...d} = f()", ["let {a: a, b: c ?= 1, ...d} = f()"]],
    ["let [a, , b = 2, ...c] = xs, e", ["let [a, _, b ?= 2, ...c] = xs", "let e"]],
    ["a = b.c = d[0]", ["a = b.c = d[0]"]],
    ["i++; i *= 2; delete a.b", ["i += 1", "i *= 2", "delete a.b"]],
    ["for (let i = 0; i < 3; i++) f(i)", ["{let i = 0; while (i < 3) then ((i := (i + 1)) - 1) {f(i)}}"]],
    ["for (const [k, v] of o) {}", ["for [k, v] in o {}"]],
    ["for (const k in o) {}", ["for k in Object.keys(o) {}"]],
    ["do { f() } while (x)", ["let do 0 = true", "while (do 0 or x) then (do 0 := false) {f()}"]],
    ["if (a) b(); else if (c) d()", ["if a {b()} else {if c {d()}}"]],
    ["try { a() } catch (e) { b() } finally { c() }", ["try {a()} catch {b()} finally {c()}"]],
    ["throw new Error('x')", ['raise new Error("x")']],
    ["function* g() { yield 1 }", ["generator g() {yield 1}"]],
  ])("%s", (text, expected) => {
    expect(js(text)).toEqual(expected);
  });

  it("hoists functions and var, and imports before both", () => {
    expect(js("f(); var x = 1; if (a) { var y = 2 } function f(p) { for (var p = 0, q;;) {} } import z from 'z'")).toEqual([
      "let x",
      "let y",
      "import z (default as z)",
      "f(p) {let q; {p = 0; while true {}}}",
      "f()",
      "x = 1",
      "if a {y = 2}",
    ]);
  });

  it("makes ifs of switch: falling through, default, breaks inside", () => {
    expect(js("switch (x) { case 1: case 2: a(); break; case 3: b(); default: c() }")).toEqual([
      "let switch 0 = x",
      "if (switch 0 is 1) {a()} else {if (switch 0 is 2) {a()} else {if (switch 0 is 3) {b(); c()} else {c()}}}",
    ]);
    expect(js("switch (x) { case 1: if (y) break; a() }")).toEqual([
      "let switch 0 = x",
      "for _ in [none] {if (switch 0 is 1) {if y {break}; a()}}",
    ]);
  });
});

describe("classes", () => {
  it("set their fields after super, or in a constructor of their own", () => {
    expect(
      js(
        "class A extends B { units = 3; #k; static className = 'A'; constructor(c) { super(c); this.x = 1 } get y() { return 1 } static f() {} }",
      ),
    ).toEqual([
      'class A(B) {className = "A"; constructor(c) {super(c); this.units = 3; this.#k = none; this.x = 1}; @get y() {return 1}; @static f() {}}',
    ]);
    expect(js("class A extends B { units = 3 }")).toEqual(["class A(B) {constructor(rest args) {super(spread args); this.units = 3}}"]);
    expect(js("const A = class { units = 3 }")).toEqual(["let A = class A() {constructor() {this.units = 3}}"]);
  });
});

describe("modules", () => {
  it.each([
    ["import a, {b as c} from './m'", ["import ./m (default as a, b as c)"]],
    ["import * as tf from '@tensorflow/tfjs'", ["import @tensorflow/tfjs as tf"]],
    ["import './side.js'", ["import ./side.js ()"]],
    ["export const q = 1", ["export let q = 1"]],
    ["export default f(1)", ["export default f(1)"]],
    ["export default class A {}", ["export default class A() {}"]],
    ["const a = 1; export { a, a as default, a as b }", ["let a = 1", "export default a", "let b = a"]],
    [
      "export {a as b} from './x'; export * from './y'; export * as z from './z'",
      ["import ./x (a as b)", "import ./y all", "import ./z as z"],
    ],
    [
      "module.exports = f",
      ["let exports = {}", 'let module = {"exports": exports}', "module.exports = f", "export default module.exports"],
    ],
  ])("%s", (text, expected) => {
    expect(js(text)).toEqual(expected);
  });
});

describe("TypeScript", () => {
  it.each([
    ["import type {A} from 'a'; import {type B, c} from 'b'; import fs = require('fs')", ["import b (c as c)", "import fs as fs"]],
    ["const x = (y as any)!.z satisfies Q", ["let x = y.z"]],
    ["function f<T>(this: T, a?: number, b: string = 'x'): T[] { return [] }", ['f(a, b ?= "x") {return []}']],
    ["enum E { A, B = 3, 'C' }", ['let E = {"A": 0, "B": 3, "C": 4}']],
    ["interface I { a: number } type T = string; declare const w: any; abstract class Z { abstract q(): void }", ["class Z() {}"]],
    [
      "class A { private readonly k: number = 3; constructor(private u: number, v: string) { f() } }",
      ["class A() {constructor(u, v) {this.u = u; this.k = 3; f()}}"],
    ],
    ["class L extends tf.layers.Layer<C> implements I { @dec() m(): void {} }", ["class L(tf.layers.Layer) {m() {}}"]],
    ["const m: tf.Sequential = <tf.Sequential>f; g<number>(1)", ["let m = f", "g(1)"]],
  ])("%s", (text, expected) => {
    expect(ts(text)).toEqual(expected);
  });

  it("is read with JSX in .tsx", () => {
    expect(show(moduleOf("const a: number = 1; const e = <div>{a}</div>", "tsx").body)).toEqual([
      "let a = 1",
      "let e = unknown<<div>{a}</div>>",
    ]);
  });
});

describe("what is half written", () => {
  it("is read around the hole, which is told", () => {
    const { body, errors } = moduleOf("const m = tf.sequential();\nm.add(tf.layers.dense({units: }));\nm.add(x)");
    expect(show(body)[0]).toBe("let m = tf.sequential()");
    expect(show(body).at(-1)).toBe("m.add(x)");
    expect(errors.length).toBeGreaterThan(0);
  });

  it("may be nested without end", () => {
    expect(() => moduleOf("[".repeat(5000))).not.toThrow();
    expect(() => moduleOf(`x = ${"(".repeat(5000)}1${")".repeat(5000)}`)).not.toThrow();
    expect(() => moduleOf(`x = 1${" + 1".repeat(5000)}`)).not.toThrow();
  });
});

describe("comments", () => {
  it("are kept without their signs", () => {
    expect(moduleOf("// cnn: input 28x28x1\n/* b */ f()").comments.map(({ text }) => text)).toEqual(["cnn: input 28x28x1", "b"]);
  });
});

describe("scripts of a page", () => {
  const page = `<script src="a.js"></script>\n<!-- <script>no()</script> -->\n<script type="text/template">no</script>\n<p>\n<script type=module>yes("</p>")</script>`;

  it("are found in their order", () => {
    expect(scriptsOf(page).map(({ source, start, end }) => source ?? page.slice(start, end))).toEqual(["a.js", 'yes("</p>")']);
  });

  it("stand where they stood", () => {
    const text = scriptText(page);
    expect(text.length).toBe(page.length);
    expect(text.trim()).toBe('yes("</p>")');
    expect(text.indexOf("yes")).toBe(page.indexOf("yes"));
    expect(text.split("\n").length).toBe(page.split("\n").length);
  });
});
