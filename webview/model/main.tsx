import "../shared/base.css";
import "../shared/panel.css";
import "../shared/elements.js";
import "./model.css";
import "./tables.css";
import "./details.css";
import { render } from "preact";
import type { FromModelPanel, ToModelPanel } from "../../src/protocol/modelPanel.js";
import { panelApi } from "../shared/api.js";
import { App } from "./app.js";
import type { Saved } from "./saved.js";
import { type Choose, findNode, INITIAL, reduce } from "./state.js";

const api = panelApi<ToModelPanel, FromModelPanel, Saved>();
const saved = api.load();
const root = document.getElementById("root") ?? document.body;

let state = INITIAL;
let drawing = false;

function draw(): void {
  drawing = false;
  render(<App state={state} saved={saved} choose={update} post={api.post} save={api.save} />, root);
}

function update(message: ToModelPanel | Choose): void {
  const isFirst = state.graph === undefined;
  state = reduce(state, message);
  if (isFirst && message.type === "model" && saved.node !== undefined && saved.origin === message.origin) {
    const node = findNode(message.graph.nodes, saved.node, saved.node.place);
    if (node !== undefined) state = reduce(state, { type: "select", node });
  }
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(draw);
}

api.listen(update);
api.post({ type: "ready" });
