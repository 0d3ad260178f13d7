import { beforeAll, describe, expect, it } from "vitest";
import { Interpreter } from "../../../src/interpret/interpreter.js";
import { stringified } from "../../../src/interpret/javascript/json.js";
import { modulePaths } from "../../../src/interpret/javascript/paths.js";
import { javascriptSemantics } from "../../../src/interpret/javascript/semantics.js";
import { parseJavascript } from "../../../src/syntax/javascript/files.js";
import { packagedGrammars } from "../../fixtures/grammars.js";
import { PATIENT } from "../../fixtures/patient.js";

const grammars = packagedGrammars();

beforeAll(() => grammars.load("javascript", "typescript"));

const parse = (file: string, text: string) => parseJavascript(grammars, file, text);

function run(text: string, files: Record<string, string> = {}, file = "main.js") {
  const interpreter = new Interpreter({
    semantics: javascriptSemantics(),
    libraries: [],
    parse,
    limits: PATIENT,
    workspace: { read: (path) => files[path] },
  });
  return interpreter.run(file, parse(file, text));
}

/** What the name `result` comes to, as JSON; "unknown: why" where it is not known. */
function result(text: string, files: Record<string, string> = {}, file?: string): unknown {
  const { globals, failures } = run(text, files, file);
  expect(failures.map(({ message }) => message)).toEqual([]);
  const value = globals.find("result");
  if (!value) return "no result";
  if (value.kind === "unknown") return `unknown: ${value.why}`;
  const json = stringified(value);
  return json === undefined ? value.kind : JSON.parse(json);
}

/** JavaScript itself is the oracle: what can be computed here comes out as it does there. */
describe("computes as JavaScript does", () => {
  it.each([
    "[1 + '2', '3' * '4', 7 / 2, 7 % 4, -7 % 3, 2 ** 10, 5 | 2, ~3, 1 + true, [1, 2] + ''].map(String)",
    "[0, '', NaN, 'a', [], {}, -1].map((x) => !!x)",
    "[1 == '1', 1 === '1', true == 1, 0 == '', 'b' > 'a', 2 < 10, '2' < '10']",
    "[typeof 1, typeof 'a', typeof (() => 1), typeof {}, typeof [], typeof undefined, typeof true]",
    "[3, 1, 2].map((x, i) => x * i).filter((x) => x > 0).reduce((a, b) => a + b, 10)",
    "[1, [2, [3]]].flat().length",
    "[[1, 2], [3]].flatMap((x) => x).concat([4], 5).slice(1, -1)",
    "[3, 10, 2].sort()",
    "[3, 10, 2].sort((a, b) => a - b).reverse()",
    "[1, 2, 3, 4].splice(1, 2)",
    "[[5, 6].indexOf(6), [5, 6].includes(7), [1, 2, 3].find((x) => x > 1), [1].some((x) => x > 1), [1].every((x) => x)]",
    "Array.from({ length: 3 }, (_, i) => i * i)",
    "Array(3).fill(0).map((_, i) => i)",
    "[...Array(4).keys()]",
    "[...'abc'].join('-').toUpperCase().split('-')",
    "Object.entries({ a: 1, b: 2 }).map(([k, v]) => k + v)",
    "Object.keys({ ...{ x: 1 }, y: 2 })",
    "Object.assign({}, { a: 1 }, { b: 2 })",
    "JSON.parse(JSON.stringify({ a: [1, 'x', null, true] }))",
    "[Math.floor(7 / 2), Math.max(1, 5, 3), Math.pow(2, 5), Math.ceil(28 / 3), Math.log2(8), Math.sqrt(16)]",
    "[parseInt('12px'), parseFloat('1.5'), Number('3'), Number.isInteger(3), (3.14159).toFixed(2), String(12), isNaN(1)]",
    `\`conv\${1 + 1}_\${'x'.repeat(3).padEnd(5, '.')}\``,
    "((a, { b = 2, ...c } = {}, ...d) => [a, b, c, d])(1, { e: 5 }, 6, 7)",
    "(() => { const [x, , y = 3, ...z] = [1, 2, undefined, 4, 5]; return [x, y, z]; })()",
    "(() => { let i = 0; const xs = []; while (true) { if (++i > 5) break; if (i % 2) continue; xs.push(i--); i += 1; } return xs; })()",
    "(() => { const xs = []; for (const i of [0, 1]) xs.push(() => i); for (let i = 0, n = 3; i < n; i++) xs.push(() => n); return xs.map((f) => f()); })()",
    "(() => { const xs = []; for (const k in { a: 1, b: 2 }) xs.push(k); for (const [i, v] of ['p', 'q'].entries()) xs.push(i + v); return xs; })()",
    "(() => { let n = 0; do { n++; if (n === 2) continue; } while (n < 3); return n; })()",
    "[1, 2, 3, 9].map((x) => { switch (x) { case 1: return 'one'; case 2: case 3: x += 10; break; default: x = 0; } return x; })",
    "(() => { try { throw new TypeError('no'); } catch (e) { return 'caught'; } finally { } })()",
    "(() => { function f() { return g() + y; } function g() { return 1; } var y = 2; { var y = 5; } return f(); })()",
    "(() => { const o = { n: 2, double() { return this.n * 2; }, later() { return [1].map(() => this.n); } }; return [o.double(), o.later()]; })()",
    "(() => { const m = new Map([['a', 1]]); m.set('b', 2); return [m.get('b'), m.size, [...m.keys()], [...new Set([1, 1, 2])]]; })()",
    "(() => { const o = {}; o['k' + 1] = 3; o.k2 = [1]; o.k2[3] = 4; delete o.k1; return [Object.keys(o), o.k2.length, 'k2' in o, o?.none?.x ?? 7]; })()",
    "(() => { let x = null; x ??= 4; let s = 'a'; s += 1; return [x, s, x++, x, --x, (1, 2)]; })()",
    "(function () { return Array.from(arguments).length + Math.max.apply(null, [1, 4]); })(1, 2)",
    "(() => { function* g() { yield 1; yield 2; } return [...g()]; })()",
  ])("%s", (text) => {
    const expected: unknown = new Function(`return ${text}`)();
    expect(result(`const result = ${text}`)).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it("in classes: fields, inheritance, super, getters, static", () => {
    const text = `
      class A { k = 1; #p = 2; constructor(n) { this.n = n; } get sum() { return this.k + this.#p + this.n; } set both(v) { this.k = v; this.n = v; } name() { return "A"; } static make(n) { return new this(n); } static size = 7; }
      class B extends A { extra = this.n * 10; constructor(n) { super(n + 1); this.last = this.extra; } name() { return super.name() + "B"; } }
      class C extends B {}
      const c = new C(3), a = A.make(5);
      a.both = 9;
      const result = [c.sum, c.last, c.name(), c instanceof A, a instanceof B, a.sum, B.size, c.constructor.name];`;
    expect(result(text)).toEqual(new Function(`${text} return result`)());
  });

  it("with promises as their values", () => {
    expect(
      result("async function f() { return 3; } const result = [await f(), await Promise.all([f(), 4]), await new Promise((ok) => ok(5))];"),
    ).toEqual([3, [3, 4], 5]);
  });
});

describe("what cannot be known", () => {
  it("stays unknown, and silent", () => {
    expect(result("const result = [1, 2].filter((x) => x > window.innerWidth)")).toMatch(/^unknown/);
    expect(result("document.querySelector('#a').onclick = () => nothing(); const result = [Math.random()].length")).toBe(1);
    expect(result("let x; x.y.z(); const result = undefined_thing.a(1) ?? 1")).toMatch(/^unknown/);
    expect(result("let result = 1; if (ml5.ready) result = 2;")).toMatch(/^unknown/);
    expect(result("const o = {a: 1}; o[window.name] = 2; const result = o.a")).toMatch(/^unknown/);
  });
});

describe("modules of the workspace", () => {
  it("are ES modules or CommonJS, with or without extension", () => {
    const files = {
      "src/sizes.js": "export const SIZE = 28; export default function area(n) { return n * SIZE; } export { SIZE as side };",
      "src/lib/index.ts": "export * from '../sizes'; export class Net { constructor(readonly n: number) {} }",
      "src/old.js": "const {SIZE} = require('./sizes'); module.exports = {double: SIZE * 2, f: (x) => x + 1};",
      "src/single.cjs": "module.exports = (x) => x * 3;",
      "src/named.js": "exports.a = 5;",
    };
    const text = `
      import area, {SIZE, side} from './sizes.js';
      import * as lib from './lib';
      import single from './single.cjs';
      const {double, f} = require('./old'), named = require('./named');
      const result = [area(2), SIZE, side, lib.SIZE, new lib.Net(4).n, double, f(1), single(3), require('./single.cjs')(2), named.a];`;
    expect(result(text, files, "src/main.js")).toEqual([56, 28, 28, 28, 4, 56, 2, 9, 6, 5]);
  });

  it("are not looked for outside it, nor packages", () => {
    expect(modulePaths("../../secret", "src/main.js")).toEqual([]);
    expect(modulePaths("left-pad", "src/main.js")).toEqual([]);
    expect(modulePaths("./model.js", "src/main.ts").slice(0, 2)).toEqual(["src/model.js", "src/model.ts"]);
    expect(result("import {x} from './nowhere'; const result = x")).toMatch(/^unknown/);
  });

  it("are scripts of the page too", () => {
    const page = `<script src="https://example.com/tf.js"></script><script src="js/sizes.js"></script><script>const result = [SIZE, window];</script><script>result.push(1)</script>`;
    expect(result(page, { "js/sizes.js": "const SIZE = 28;" }, "index.html")).toBe("list");
    expect(run(page, { "js/sizes.js": "const SIZE = 28;" }, "index.html").globals.find("SIZE")).toMatchObject({ value: 28 });
  });
});

describe("TypeScript", () => {
  it("is JavaScript with types", () => {
    const text = `enum Size { Small = 8, Large } const f = <T,>(x: T): T => x; const result: number[] = [Size.Large, f<number>(3)!, (4 as any)];`;
    expect(result(text, {}, "main.ts")).toEqual([9, 3, 4]);
  });
});

describe("a program without end", () => {
  it("is left when its budget is spent", () => {
    const { failures } = run("while (true) {}");
    expect(failures[0]?.message).toMatch(/Reading stopped here/);
  });
});
