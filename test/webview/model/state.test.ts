import { describe, expect, it } from "vitest";
import type { ModelGraph, ToModelPanel } from "../../../src/protocol/modelPanel.js";
import { type Choose, INITIAL, type ModelState, reduce } from "../../../webview/model/state.js";
import { answers, checkpointGraph, resnetGraph, unetGraph } from "../../fixtures/modelGraphs.js";

const graph = resnetGraph();
const told = (...messages: (ToModelPanel | Choose)[]) => messages.reduce<ModelState>(reduce, INITIAL);
const model = (given: ModelGraph = graph): ToModelPanel => ({ type: "model", graph: given, origin: "file" });
const choose = (index: number, kind: "node" | "tensor" = "node"): Choose => ({ type: "choose", selection: { kind, index } });
const details = (node: number): ToModelPanel => ({ type: "details", details: answers.details(graph, node) });

describe("a selection", () => {
  it("of the user asks for nothing, as the message to the host already does", () => {
    expect(told(model(), choose(3))).toMatchObject({ selection: { kind: "node", index: 3 }, wanted: 0, revealed: 0 });
  });

  it("of the host comes into sight and wants its details", () => {
    expect(told(model(), { type: "select", node: 5 })).toMatchObject({ selection: { kind: "node", index: 5 }, wanted: 1, revealed: 1 });
  });

  it("of the host that is selected already changes nothing", () => {
    const state = told(model(), choose(5), details(5));
    expect(reduce(state, { type: "select", node: 5 })).toBe(state);
  });

  it("of a node that is not there is none", () => {
    const state = told(model());
    expect(reduce(state, { type: "select", node: 500 })).toBe(state);
  });

  it("takes only its own details", () => {
    expect(told(model(), choose(5), details(4)).details).toBeUndefined();
    expect(told(model(), choose(5), details(5)).details?.node).toBe(5);
    expect(told(model(), choose(5), details(5), choose(6)).details).toBeUndefined();
  });
});

describe("a new model of the same file", () => {
  const longer: ModelGraph = { ...graph, nodes: [{ ...graph.nodes[0], name: "new", type: "Pad" } as never, ...graph.nodes] };

  it("keeps the node that is selected, by its name, with its details until newer ones come", () => {
    const state = told(model(), choose(5), details(5), model(longer));
    expect(state).toMatchObject({ selection: { kind: "node", index: 6 }, wanted: 1, revealed: 0 });
    expect(state.details?.node).toBe(5);
  });

  it("drops a selection whose node has gone", () => {
    expect(told(model(), choose(5), details(5), model(unetGraph()))).toMatchObject({
      selection: undefined,
      details: undefined,
      wanted: 0,
    });
  });

  it("keeps a tensor by its name", () => {
    const checkpoint = checkpointGraph();
    const fewer: ModelGraph = { ...checkpoint, tensors: checkpoint.tensors.slice(2) };
    expect(told(model(checkpoint), choose(7, "tensor"), model(fewer)).selection).toEqual({ kind: "tensor", index: 5 });
    expect(told(model(checkpoint), choose(1, "tensor"), model(fewer)).selection).toBeUndefined();
  });

  it("forgets the old one's numbers and failure", () => {
    const state = told(
      model(),
      { type: "failed", message: "It is gone." },
      { type: "summary", summary: answers.summary(graph, 0) },
      model(),
    );
    expect(state).toMatchObject({ failure: undefined, tensors: new Map() });
  });
});

it("a failure keeps the last good model", () => {
  expect(told(model(), choose(2), { type: "failed", message: "It is gone." })).toMatchObject({
    graph,
    failure: "It is gone.",
    selection: { index: 2 },
  });
});

it("what is told of a tensor adds up", () => {
  const [summary, numbers, kernels] = [answers.summary(graph, 0), answers.numbers(graph, 0, 0, 8), answers.kernels(graph, 0, 0, 2)];
  const state = told(model(), { type: "summary", summary }, { type: "numbers", numbers }, { type: "kernels", kernels });
  expect(state.tensors.get(0)).toEqual({ summary, numbers, kernels });
  expect(reduce(state, { type: "tensorFailed", tensor: 0, message: "It is cut off." }).tensors.get(0)).toMatchObject({
    failure: "It is cut off.",
    summary,
  });
});
