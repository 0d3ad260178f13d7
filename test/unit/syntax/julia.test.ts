import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { juliaModule } from "../../../src/syntax/julia/module.js";
import { Grammars } from "../../../src/syntax/parser.js";
import { show } from "./show.js";

const grammars = new Grammars((file) => {
  const folder = file.startsWith("web") ? "web-tree-sitter" : "tree-sitter-julia";
  return readFile(`node_modules/${folder}/${file}`);
});

beforeAll(() => grammars.load("julia"));

const moduleOf = (text: string) => juliaModule(grammars.parse("julia", text));
const PRELUDE = 2;
const julia = (text: string) => show(moduleOf(text).body.slice(PRELUDE));

describe("Julia's expressions", () => {
  it.each([
    ["1_000 + 0x1f", "(1000 + 31)"],
    ["a ÷ 2 ^ 3", "(a // (2 ** 3))"],
    ["2x + 2(y + 1)", "((2 * x) + (2 * (y + 1)))"],
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
    ["(; a = 1, b)", "(;)(a: 1, b: b)"],
    ["f(x, ys...; pad, stride = 2, rest...)", "f(x, spread ys, pad: pad, stride: 2, spread-named rest)"],
    ["a[1, :, end - 1]", "a[1, slice, (lastindex(a, 3) - 1)]"],
    ["a[end]", "a[lastindex(a)]"],
    ["f(x)[end]", "{#indexed = f(x); #indexed[lastindex(#indexed)]}"],
    ["@show f(x)", "f(x)"],
    ["A{Int}(1)", "A(1)"],
    ["begin 1; 2 end", "{1; 2}"],
    [
      "@autosize (28, 28) Chain(Dense(_ => 2), relu)",
      "@autosize((28, 28), Chain(LazyLayer(Dense, ((_) => {return Dense(=>(_, 2))})), relu))",
    ],
  ])("%s", (text, tree) => {
    expect(julia(`y = ${text}`)).toEqual([`y = ${tree}`]);
  });
});

describe("Julia's statements", () => {
  it.each([
    ["f(x; k = 1) = x + k"],
    ["function f(x::Int, ys...; k::Bool = false, rest...) where T\n  if x == 1\n    2\n  else\n    z = 3\n  end\nend"],
    ["(m::Model)(x) = m.layers(x)"],
    ["map(xs) do x\n  x + 1\nend"],
    ["for i in 1:2, j = 1:2:5\n  push!(a, i)\nend"],
    ["struct A{T} <: B\n  x::T\n  y\n  A(x) = new(x, 1)\nend"],
    ["Base.@kwdef mutable struct C\n  a::Int = 1\nend"],
    ["x || return 1"],
    ["a, b... = t"],
    ["(; a, b) = t"],
    ["x = if a\n 1\nelse\n 2\nend"],
    ["let x = 1, y = 2\n  x\nend"],
    ["try\n  1\ncatch e\n  2\nfinally\n  3\nend"],
    ["x = y = 2"],
    ["@functor A"],
    ['"doc"\nf() = 1'],
    ["g = x -> begin\n  x\nend"],
    ["x .= 2 .* y"],
  ])("%s", (text) => {
    expect(julia(text)).toMatchSnapshot();
  });

  it.each([["using Flux, A.B"], ["using Flux: Chain, Dense as D, @functor"], ["using ..Utilities"], ['include("layers.jl")']])(
    "%s",
    (text) => {
      expect(show(moduleOf(text).body)).toMatchSnapshot();
    },
  );
});

it("keeps comments and the places of errors", () => {
  const module = moduleOf("x = 1 # cnn: input 3x32x32\ny = Chain(Dense(1 => 2)\n");
  expect(module.comments.map(({ text }) => text)).toEqual(["cnn: input 3x32x32"]);
  expect(module.errors.length).toBeGreaterThan(0);
});
