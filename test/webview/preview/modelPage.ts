// Stands in for VS Code in a plain browser: shows the Model panel a fixture, or a model given before it starts. See renderModel.mjs.
import type { FromModelPanel, ModelGraph, ToModelPanel } from "../../../src/protocol/modelPanel.js";
import { answers, checkpointGraph, denseGraph, inceptionGraph, longGraph, resnetGraph, unetGraph } from "../../fixtures/modelGraphs.js";
import { standIn } from "./standIn.js";

const query = new URLSearchParams(location.search);
const GRAPHS: Readonly<Record<string, () => ModelGraph>> = {
  resnet: () => resnetGraph(),
  inception: inceptionGraph,
  dense: () => denseGraph(),
  unet: unetGraph,
  checkpoint: checkpointGraph,
  long: () => longGraph(10_000),
};
const given = (globalThis as { givenModel?: ModelGraph }).givenModel;
const graph = given ?? (GRAPHS[query.get("model") ?? "resnet"] ?? GRAPHS["resnet"])?.() ?? resnetGraph();
const posted: FromModelPanel[] = [];
const post = (message: ToModelPanel) => window.postMessage(structuredClone(message), "*");

function receive(message: FromModelPanel): void {
  posted.push(message);
  switch (message.type) {
    case "ready":
      post({ type: "model", graph, origin: "preview" });
      if (query.has("failed")) post({ type: "failed", message: "resnet18.py cannot be read: line 12 is not finished." });
      return;
    case "select":
    case "details":
      post({ type: "details", details: answers.details(graph, message.node) });
      return;
    case "summary":
      post({ type: "summary", summary: answers.summary(graph, message.tensor) });
      return;
    case "numbers":
      post({ type: "numbers", numbers: answers.numbers(graph, message.tensor, message.offset, message.count) });
      return;
    case "kernels":
      post({ type: "kernels", kernels: answers.kernels(graph, message.tensor, message.first, message.count) });
      return;
  }
}

standIn(receive, { graph, posted, post });
