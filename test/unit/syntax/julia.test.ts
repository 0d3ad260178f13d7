import { beforeAll, describe, expect, it } from "vitest";
import { juliaModule } from "../../../src/syntax/julia/module.js";
import { packagedGrammars } from "../../fixtures/grammars.js";
import { show } from "./show.js";

const grammars = packagedGrammars();

beforeAll(() => grammars.load("julia"));

const moduleOf = (text: string) => juliaModule(grammars.parse("julia", text));
/** Without what a file that imports nothing sees of its package. */
const julia = (text: string) => show(moduleOf(text).body).filter((line) => !/^import (Flux|Metalhead) all$/.test(line));

describe("Julia's expressions", () => {
  it.each([
    ["1_000 + 0x1f", "(1000 + 31)"],
    ["a ÷ 2 ^ 3", "(a // (2 ** 3))"],
    ["2x + 2(y + 1)", "((2 * x) + (2 * (y + 1)))"],
    ["b * 2^(i - 1)", "(b * (2 ** (i - 1)))"],
    ["m - n*2-(k - 1)", "((m - (n * 2)) - (k - 1))"],
    ["1 < x <= 3", "(1 < x <= 3)"],
    ["a == 1 ? 2 : 3", "((a == 1) ? 2 : 3)"],
    ["x === nothing", "(x is none)"],
    ["x isa Int", "isa(x, Int)"],
    ["3 => 6", "=>(3, 6)"],
    ["x |> f |> g", "g(f(x))"],
    ["x'", "adjoint(x)"],
    [":relu", '"relu"'],
    ['"a $x\\n$(y + 1)"', 'template("a ", x, "\\n", (y + 1))'],
    ["[1, xs..., 2]", "[1, ...xs, 2]"],
    ["Any[1, xs...]", "[1, ...xs]"],
    ["[x; y]", "vcat(x, y)"],
    ["[1 2; 3 4]", "vcat(hcat(1, 2), hcat(3, 4))"],
    ["(; a = 1, b)", "(;)(named 1, named b)"],
    ["f(x, ys...; pad, stride = 2, rest...)", "f(x, spread ys, named pad, named 2, namedSpread rest)"],
    ["a[1, :, end - 1]", "a[1, slice, (lastindex(a, 3) - 1)]"],
    ["a[end]", "a[lastindex(a)]"],
    ["f(x)[end]", "{#indexed = f(x); return #indexed[lastindex(#indexed)]}"],
    ["@show f(x)", "f(x)"],
    ["A{Int}(1)", "A(1)"],
    ["begin 1; 2 end", "{{1; return 2}}"],
    ["@autosize (28, 28) Chain(Dense(_ => 2), relu)", "@autosize(tuple, Chain(LazyLayer(Dense, (_) {return Dense(=>(_, 2))}), relu))"],
  ])("%s", (text, tree) => {
    expect(julia(`y = ${text}`)).toEqual([`y = ${tree}`]);
  });
});

describe("Julia's statements", () => {
  it.each([
    ["f(x; k = 1) = x + k", ["f(x, namedOnly k ?= 1) {return (x + k)}"]],
    [
      "function f(x::Int, ys...; k::Bool = false, rest...) where T\n  if x == 1\n    2\n  else\n    z = 3\n  end\nend",
      ["f(x, rest ys, namedOnly k ?= false, namedRest rest) {if (x == 1) {return 2} else {z = 3; return z}}"],
    ],
    ["(m::Model)(x) = m.layers(x)", ["(m, x) {return m.layers(x)}"]],
    ["map(xs) do x\n  x + 1\nend", ["map((x) {return (x + 1)}, xs)"]],
    ["for i in 1:2, j = 1:2:5\n  push!(a, i)\nend", ["for i in range {for j in range {push!(a, i)}}"]],
    ["struct A{T} <: B\n  x::T\n  y\n  A(x) = new(x, 1)\nend", ["class A(B) {A(x) {return new(x, 1)}}"]],
    ["Base.@kwdef mutable struct C\n  a::Int = 1\nend", ["class C() {}"]],
    ["x || return 1", ["if x {} else {return 1}"]],
    ["a, b... = t", ["[a, ...b] = t"]],
    ["(; a, b) = t", ["{a: a, b: b} = t"]],
    ["x = if a\n 1\nelse\n 2\nend", ["x = {if a {return 1} else {return 2}}"]],
    ["let x = 1, y = 2\n  x\nend", ["() {let x = 1; let y = 2; return x}()"]],
    ["try\n  1\ncatch e\n  2\nfinally\n  3\nend", ["try {1} catch {2} finally {3}"]],
    ["x = y = 2", ["x = y = 2"]],
    ["@functor A", []],
    ['"doc"\nf() = 1', ["f() {return 1}"]],
    ["g = x -> begin\n  x\nend", ["g = (x) {{return x}}"]],
    ["x .= 2 .* y", ["*(2, y)"]],
  ])("%s", (text, statements) => {
    expect(julia(text)).toEqual(statements);
  });

  it.each([
    ["using Flux, A.B", ["import Flux as Flux", "import Flux all", "import A.B as B", "import A.B all"]],
    ["using Flux: Chain, Dense as D, @functor", ["import Flux (Chain as Chain, Dense as D)"]],
    ["using ..Utilities", ["import Utilities as Utilities", "import Utilities all"]],
    ['include("layers.jl")', ["import layers.jl all"]],
  ])("%s", (text, statements) => {
    expect(show(moduleOf(text).body)).toEqual(statements);
  });
});

it("keeps comments and the places of errors", () => {
  const module = moduleOf("x = 1 # cnn: input 3x32x32\ny = Chain(Dense(1 => 2)\n");
  expect(module.comments.map(({ text }) => text)).toEqual(["cnn: input 3x32x32"]);
  expect(module.errors.length).toBeGreaterThan(0);
});
