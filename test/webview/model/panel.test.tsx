import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FromModelPanel, ModelGraph, ToModelPanel } from "../../../src/protocol/modelPanel.js";
import { App } from "../../../webview/model/app.js";
import type { Saved } from "../../../webview/model/saved.js";
import { type Choose, INITIAL, reduce } from "../../../webview/model/state.js";
import { answers, checkpointGraph, longGraph, resnetGraph, unetGraph } from "../../fixtures/modelGraphs.js";
import { click, elementsOf, type FakeMenu, press } from "../panelElements.js";

const WIDTH = 600;
const HEIGHT = 520;

let root: HTMLElement;
let posted: FromModelPanel[];
let saved: Saved | undefined;
let state = INITIAL;

beforeEach(() => {
  vi.useFakeTimers();
  root = document.createElement("div");
  document.body.replaceChildren(root);
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => WIDTH });
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, get: () => HEIGHT });
  posted = [];
  saved = undefined;
  state = INITIAL;
});
afterEach(() => {
  render(null, root);
  vi.useRealTimers();
});

function receive(...messages: (ToModelPanel | Choose)[]): void {
  state = messages.reduce(reduce, state);
  act(() => {
    render(
      <App
        state={state}
        saved={saved ?? {}}
        choose={(choice) => receive(choice)}
        post={(message) => posted.push(message)}
        save={(next) => {
          saved = next;
        }}
      />,
      root,
    );
  });
}

function open(graph: ModelGraph = resnetGraph(), view: Saved["view"] = "list"): ModelGraph {
  saved = { origin: "file", view };
  receive({ type: "model", graph, origin: "file" });
  return graph;
}

const { find, button } = elementsOf(() => root);
const text = (selector = "main") => find(selector).textContent?.replaceAll(/\s+/g, " ") ?? "";
const type = (query: string) => {
  const field = find(".search input") as HTMLInputElement;
  act(() => {
    field.value = query;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return field;
};
const selects = () => posted.filter((message) => message.type === "select");

describe("the header", () => {
  it("says what the model is, with a guess as one", () => {
    open();
    expect(text("header")).toContain("resnet18.pyPyTorch source");
    expect(text(".facts")).toBe(
      "Parameters11,699,112Multiply-adds1,814,074,344Layers69Input3x224x224a guess: what this framework's models mostly take",
    );
  });

  it("trains and opens the text where that can be", () => {
    open();
    click(button("Train CNN"));
    click(button("Open text"));
    expect(posted).toEqual([{ type: "train" }, { type: "openText" }]);
    receive({ type: "model", graph: resnetGraph([1, 1, 1, 1], { canTrain: false, hasText: false }), origin: "file" });
    expect(root.querySelectorAll("header vscode-button")).toHaveLength(0);
  });

  it("counts problems, which lead to their layers", () => {
    const graph = open(unetGraph());
    click(button("2 problems"));
    expect(text("#problems")).toContain("merge2.conv takes 512 channels, but gets 384; use in_channels=384.");
    click(find("#problems .link"));
    expect(selects()).toEqual([{ type: "select", node: 22 }]);
    expect(text(".details h2")).toBe(graph.nodes[22]?.name);
    expect(text(".details .problem")).toContain("use in_channels=384");
  });
});

describe("states", () => {
  it("draw nothing before the host spoke", () => {
    receive();
    expect(root.innerHTML).toBe("");
  });

  it("say why there is no model", () => {
    receive({ type: "failed", message: "model.onnx is cut off after 120 bytes." });
    expect(text("[role=alert]")).toBe("model.onnx is cut off after 120 bytes.");
  });

  it("dim the last good model and say what is wrong now", () => {
    open();
    receive({ type: "failed", message: "resnet18.py is gone." });
    expect(find("main").className).toBe("stale");
    expect(text("[role=alert]")).toBe("resnet18.py is gone.");
    expect(root.querySelectorAll(".table-row").length).toBeGreaterThan(5);
  });

  it("without a selection sum up the types of layers", () => {
    open();
    expect(text(".kinds tbody tr")).toBe("Conv2d2011,166,912");
  });

  it("of a file without a graph are its tensors", () => {
    open(checkpointGraph(), "graph");
    expect(find("[role=grid]").getAttribute("aria-label")).toBe("Tensors");
    expect(text(".facts")).toBe("Numbers11,699,112Tensors102");
    click(find("#row-2"));
    expect(posted).toEqual([]);
    act(() => void vi.advanceTimersByTime(200));
    expect(posted).toEqual([{ type: "summary", tensor: 2 }]);
  });
});

describe("the list", () => {
  it("has rows only for what is in sight, and says how many there are", () => {
    open(longGraph(10_000));
    expect(root.querySelectorAll(".table-space > [role=row]").length).toBeLessThan(40);
    expect(find("[role=grid]").getAttribute("aria-rowcount")).toBe("10038");
  });

  it("has a row's figures", () => {
    open();
    const cells = [...find("#row-4").querySelectorAll("[role=gridcell]")].map((cell) => cell.textContent);
    expect(cells).toEqual(["4", "layer1.0.1.conv", "Conv2d", "64x56x56", "36,864", "", "115,605,504", ""]);
    expect(find("#row-4").getAttribute("aria-label")).toBe("layer1.0.1.conv, Conv2d, output 64x56x56, 36,864 parameters");
  });

  it("shows the type where a layer has no name", () => {
    open();
    expect(text("#row-9 .name")).toBe("add");
  });

  it("selects by click and keys, each told to the host once", () => {
    open();
    click(find("#row-2 .type"));
    press(find("[role=grid]"), "ArrowDown");
    press(find("[role=grid]"), "Home");
    press(find("[role=grid]"), "ArrowUp");
    press(find("[role=grid]"), "End");
    expect(selects().map(({ node }) => node)).toEqual([2, 3, 0, 68]);
    expect(find("[role=grid]").getAttribute("aria-activedescendant")).toBe("row-68");
  });

  it("forgets the selection with Escape", () => {
    open();
    click(find("#row-2"));
    press(find("[role=grid]"), "Escape");
    expect(root.querySelectorAll("[aria-selected=true]")).toHaveLength(0);
  });
});

describe("the graph", () => {
  const graphKeys = (...keys: string[]) => {
    for (const key of keys) press(find(".graph-scroller"), key);
  };

  it("is walked with arrow keys and names what is selected", () => {
    open(resnetGraph(), "graph");
    graphKeys("ArrowDown", "ArrowDown", "ArrowDown");
    expect(selects().map(({ node }) => node)).toEqual([0, 1, 2]);
    expect(text("#graph-selected")).toBe("stem.relu, ReLU, output 64x112x112");
  });

  it("leaves the layers for the input, which is no layer", () => {
    open(resnetGraph(), "graph");
    graphKeys("ArrowDown", "ArrowUp");
    expect(selects()).toHaveLength(1);
    expect(text("#graph-selected")).toBe("no layer selected");
  });

  it("zooms with + - and 0, which is kept", () => {
    open(resnetGraph(), "graph");
    const width = () => Number.parseFloat(find(".graph-space").style.width);
    graphKeys("+", "+", "+", "+");
    expect(saved?.zoom).toBe(2);
    expect(width()).toBeGreaterThan(WIDTH);
    graphKeys("0");
    expect(saved?.zoom).toBe(1);
  });

  it("is the other view of the same selection", () => {
    open(resnetGraph(), "list");
    click(find("#row-14"));
    click(button("Graph"));
    expect(text("#graph-selected")).toBe("layer1.1.2.conv, Conv2d, output 64x56x56");
    expect(saved).toEqual({ origin: "file", view: "graph", node: { name: "layer1.1.2.conv", type: "Conv2d", place: 14 } });
    expect(find(".graph-scroller").scrollTop).toBeGreaterThan(0);
  });
});

describe("the host's selection", () => {
  it.each(["list", "graph"] as const)("comes into sight in the %s without an echo and without the focus", (view) => {
    open(resnetGraph(), view);
    const field = find(".search input");
    field.focus();
    receive({ type: "select", node: 60 });
    expect(selects()).toEqual([]);
    expect(posted).toEqual([{ type: "details", node: 60 }]);
    expect(document.activeElement).toBe(field);
    expect(find(view === "list" ? ".table-scroller" : ".graph-scroller").scrollTop).toBeGreaterThan(500);
  });
});

describe("search", () => {
  it("counts, steps with Enter and dims the rest", () => {
    open();
    const field = type("maxpool");
    expect(text(".search [role=status]")).toBe("? of 1");
    press(field, "Enter");
    expect(selects()).toEqual([{ type: "select", node: 3 }]);
    expect(text(".search [role=status]")).toBe("1 of 1");
    expect([...root.querySelectorAll(".table-space > .table-row:not(.dim)")].map(({ id }) => id)).toEqual(["row-3"]);
  });

  it("goes back with Shift+Enter, and ends with Escape", () => {
    open();
    const field = type("conv2d");
    press(field, "Enter", { shiftKey: true });
    expect(selects().at(-1)?.node).toBeGreaterThan(50);
    press(field, "Escape");
    expect((find(".search input") as HTMLInputElement).value).toBe("");
    expect(root.querySelectorAll(".dim")).toHaveLength(0);
    expect(selects()).toHaveLength(1);
  });

  it("says when there is none", () => {
    open();
    expect(type("lstm").getAttribute("aria-invalid")).toBe("true");
    expect(text(".search [role=status]")).toBe("none");
  });

  it.each([
    ["/", {}],
    ["f", { ctrlKey: true }],
  ])("has the key %s", (key, more) => {
    open();
    press(find("[role=grid]"), key, more);
    expect(document.activeElement).toBe(find(".search input"));
  });
});

describe("details", () => {
  function select(node: number) {
    const graph = open();
    click(find(`#row-${node}`));
    receive({ type: "details", details: answers.details(graph, node) });
    return graph;
  }

  it("are the row's until the host told more", () => {
    open();
    click(find("#row-4"));
    expect(text(".details .ledger")).toBe("output64x56x56parameters36,864 0.32 %multiply-adds115,605,504 6.4 %");
  });

  it("have shapes, costs, formulas with their numbers and attributes", () => {
    select(4);
    expect(text(".details .section")).toContain("input64x56x56output64x56x56parameters36,864 0.32 %");
    expect(text(".details .section")).toContain("activations784 KiB an examplereceptive field35x35 of the input");
    expect(text(".formulas")).toContain("heightfloor((56 + 2\u00d71 \u2212 3)/1) + 1 = 56");
    expect(text(".details .section")).toContain("kernel_size3, 3");
  });

  it("ask for a tensor's summary and kernels only where the selection rests", () => {
    open();
    click(find("#row-0"));
    act(() => void vi.advanceTimersByTime(50));
    press(find("[role=grid]"), "ArrowDown");
    act(() => void vi.advanceTimersByTime(200));
    expect(posted.filter(({ type: kind }) => kind === "summary" || kind === "kernels")).toEqual(
      [1, 2, 3, 4].map((tensor) => ({ type: "summary", tensor })),
    );
    click(find("#row-0"));
    act(() => void vi.advanceTimersByTime(200));
    expect(posted.slice(-2)).toEqual([
      { type: "summary", tensor: 0 },
      { type: "kernels", tensor: 0, first: 0, count: 64 },
    ]);
  });

  it("have a tensor's statistics, histogram and kernels", () => {
    const graph = select(4);
    receive({ type: "summary", summary: answers.summary(graph, 5) }, { type: "kernels", kernels: answers.kernels(graph, 5, 0, 64) });
    expect(find(".histogram").getAttribute("aria-label")).toContain("Histogram of 36,864 numbers");
    expect(text(".statistics")).toContain("count36,864");
    const [kernels, channels] = [...root.querySelectorAll<HTMLElement>("[role=listbox]")];
    expect(kernels?.getAttribute("aria-label")).toBe("layer1.0.1.conv.weight: 64 kernels, channel 0");
    if (kernels === undefined || channels === undefined) throw new Error("There are not two rows of kernels.");
    press(kernels, "ArrowRight");
    press(channels, "ArrowRight");
    expect(text(".kernels")).toContain("64 kernels, channel 1");
    expect(text(".kernels")).toContain("Kernel 1, channel 1");
    expect(root.querySelectorAll(".kernels [role=gridcell]")).toHaveLength(9);
  });

  it("page through numbers", () => {
    const graph = select(4);
    receive({ type: "summary", summary: answers.summary(graph, 5) });
    click(button("Numbers"));
    expect(posted.at(-1)).toEqual({ type: "numbers", tensor: 5, offset: 0, count: 256 });
    receive({ type: "numbers", numbers: answers.numbers(graph, 5, 0, 256) });
    expect(text(".pager [role=status]")).toBe("0 to 255 of 36,864");
    expect(text(".numbers tr:nth-child(2) th")).toBe("0,0,2,0");
    click(button("Later numbers"));
    expect(posted.at(-1)).toEqual({ type: "numbers", tensor: 5, offset: 256, count: 256 });
    click(button("Last numbers"));
    expect(posted.at(-1)).toEqual({ type: "numbers", tensor: 5, offset: 36_608, count: 256 });
  });

  it("say what of a tensor cannot be read", () => {
    select(4);
    receive({ type: "tensorFailed", tensor: 5, message: "layer1.0.1.conv.weight is cut off." });
    expect(text(".tensor .problem")).toBe("layer1.0.1.conv.weight is cut off.");
  });

  it("have no numbers where none are stored", () => {
    const graph = resnetGraph();
    open({ ...graph, tensors: graph.tensors.map((tensor) => ({ ...tensor, stored: false })) });
    click(find("#row-4"));
    act(() => void vi.advanceTimersByTime(200));
    expect(text(".tensor")).toBe("layer1.0.1.conv.weight64x64x3x3 float32");
    expect(posted).toEqual([{ type: "select", node: 4 }]);
  });
});

describe("menus", () => {
  const items = (target: HTMLElement) => {
    press(target, "F10", { shiftKey: true });
    const menu = root.querySelectorAll<FakeMenu>("vscode-context-menu.at-pointer");
    return [...(menu[0]?.data ?? [])].map(({ label }) => label);
  };
  const pick = (label: string) =>
    act(
      () =>
        void find("vscode-context-menu.at-pointer").dispatchEvent(new CustomEvent("vsc-context-menu-select", { detail: { value: label } })),
    );

  it("save the layers as CSV", () => {
    open();
    expect(items(find("[role=grid]"))).toEqual(["Save layers as CSV", "Copy layers"]);
    pick("Save layers as CSV");
    const message = posted.at(-1);
    if (message?.type !== "save" || typeof message.content !== "string") throw new Error("Nothing was saved.");
    expect(message.name).toBe("resnet18.py-layers.csv");
    expect(message.content.split("\r\n")[5]).toBe("4,layer1.0.1.conv,Conv2d,64x56x56,36864,115605504");
  });

  it("offer the picture where there is a graph", () => {
    open(resnetGraph(), "graph");
    expect(items(find(".graph-scroller"))[0]).toBe("Save graph as PNG");
  });

  it("save what is here of a tensor", () => {
    const graph = open();
    click(find("#row-4"));
    receive({ type: "summary", summary: answers.summary(graph, 5) }, { type: "kernels", kernels: answers.kernels(graph, 5, 0, 64) });
    expect(items(find(".tensor .choice button"))).toEqual([
      "Save kernels as PNG",
      "Save kernels as CSV",
      "Copy kernels",
      "Save histogram as CSV",
      "Copy histogram",
    ]);
  });
});
