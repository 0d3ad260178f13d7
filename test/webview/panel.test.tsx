import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { numbersOf, pictureOf } from "../../src/host/panels/kernelPictures.js";
import { blockOf } from "../../src/host/panels/metricsBlocks.js";
import type { FromTrainingPanel, RunView, ToTrainingPanel } from "../../src/protocol/trainingPanel.js";
import type { RunRecord } from "../../src/run/record.js";
import { App } from "../../webview/training/app.js";
import type { Saved } from "../../webview/training/saved.js";
import { INITIAL, reduce } from "../../webview/training/state.js";
import { LENET_LAYERS, lenetRecord, lenetWeights, metricsTo } from "../fixtures/lenetRun.js";
import { click, elementsOf, type FakeMenu, press } from "./panelElements.js";

// A plot of 100 x 100 CSS pixels at 0, 0; what it draws is looked at in a browser.
vi.mock("uplot", () => ({
  default: class {
    bbox = { left: 0, top: 0, width: 100, height: 100 };
    ctx = { canvas: document.createElement("canvas") };
    valToPos = () => 50;
    setData() {}
    setSize() {}
    destroy() {}
  },
}));

let root: HTMLElement;
let posted: FromTrainingPanel[];
let saved: Saved | undefined;
let state = INITIAL;

beforeEach(() => {
  root = document.createElement("div");
  document.body.replaceChildren(root);
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => 100 });
  posted = [];
  saved = undefined;
  state = INITIAL;
});
afterEach(() => render(null, root));

function receive(...messages: ToTrainingPanel[]): void {
  state = messages.reduce(reduce, state);
  act(() => {
    render(
      <App
        state={state}
        saved={saved ?? {}}
        post={(message) => posted.push(message)}
        save={(next) => {
          saved = next;
        }}
      />,
      root,
    );
  });
}

function open(step: number, changes: Partial<RunRecord> = {}, more: Partial<RunView> = {}): void {
  const record = lenetRecord(step, changes);
  const live = ["starting", "running", "paused"].includes(record.state);
  receive({ type: "whole", run: { record, layers: LENET_LAYERS, live, edited: false, inputShape: [28, 28, 1], ...more } });
  const lines = metricsTo(step);
  for (let sent = 0; sent < lines.length; ) {
    const block = blockOf(lines, sent);
    sent += block.lines;
    receive({ type: "add", frame: 1, entries: block.entries, received: 0, more: sent < lines.length });
  }
}

const showKernels = (layer: string, step = 10, channel = 0, outputs: readonly number[] = [0]) => {
  const weights = lenetWeights(layer, step);
  const numbers = outputs.flatMap((output) => numbersOf(weights, output, channel) ?? []);
  receive({ type: "pictures", frame: 2, pictures: [pictureOf(weights, channel)], numbers });
};
const { find, button } = elementsOf(() => root);
const text = () => root.textContent?.replaceAll(/\s+/g, " ") ?? "";
const facts = () =>
  Object.fromEntries(
    [...root.querySelectorAll(".facts > div")].map((div) => [
      div.querySelector("dt")?.textContent,
      div.querySelector("dd > span")?.textContent,
    ]),
  );
const lastWatch = () => posted.filter((message) => message.type === "watch").at(-1);

describe("buttons", () => {
  it.each<[RunRecord["state"], string, FromTrainingPanel]>([
    ["running", "Pause", { type: "pause" }],
    ["running", "Stop", { type: "stop" }],
    ["paused", "Resume", { type: "continue" }],
    ["stopped", "Resume", { type: "resume" }],
    ["killed", "Resume", { type: "resume" }],
    ["running", "lenet5.cnn.json", { type: "command", command: "openFile" }],
  ])("of a %s run: %s", (runState, name, message) => {
    open(3012, { state: runState });
    click(button(name));
    expect(posted).toContainEqual(message);
  });

  it.each<[RunRecord["state"], string]>([
    ["running", "pause"],
    ["paused", "continue"],
  ])("have a key: Space on a chart of a %s run means %s", (runState, type) => {
    open(100, { state: runState });
    press(find(".chart"), " ");
    expect(posted).toContainEqual({ type });
  });

  it("there are none for a finished run", () => {
    open(5160, { state: "finished" });
    expect(root.querySelectorAll("header vscode-button")).toHaveLength(0);
  });

  it("send a typed learning rate with Enter, and nothing that is no rate", () => {
    open(3012);
    const field = find("vscode-textfield") as HTMLElement & { value: string };
    const type = (value: string) =>
      act(() => {
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    type("fast");
    press(field, "Enter");
    type("0.002");
    press(field, "Enter");
    expect(posted.filter(({ type: kind }) => kind === "setRate")).toEqual([{ type: "setRate", learningRate: 0.002 }]);
  });
});

describe("states", () => {
  it("invite to train where there is no run", () => {
    receive({ type: "clear", network: "lenet5.cnn.json" });
    expect(text()).toContain("No run yetTrain lenet5.cnn.json to see its curves and kernels here as they form.");
    click(button("Train CNN"));
    click(button("Open a network"));
    expect(posted).toEqual([
      { type: "command", command: "train" },
      { type: "command", command: "openNetwork" },
    ]);
  });

  it("draw nothing before the host spoke", () => {
    receive();
    expect(root.innerHTML).toBe("");
  });

  it("say what loads while starting, with the axes there", () => {
    open(0, { state: "starting" }, { layers: [], progress: { message: "Loading mnist (55,000 of 60,000 images)", fraction: 0.5 } });
    expect(find(".notice").textContent).toBe("Loading mnist (55,000 of 60,000 images)");
    expect(find("[role=progressbar]").getAttribute("aria-valuenow")).toBe("50");
    expect(root.querySelectorAll(".chart")).toHaveLength(2);
    expect(root.querySelector(".layers")).toBeNull();
  });

  it("offer to resume a diverged run with half the rate", () => {
    open(3013, { state: "diverged", events: [{ step: 3013, time: "", event: "diverged", layer: "dense_1", lastGoodStep: 3010 }] });
    const notice = find("[role=alert]");
    expect(notice.textContent).toContain("The loss became NaN at step 3,013 in dense_1. Weights of step 3,010 are kept.");
    click(button("Resume from step 3,010 with 0.00025"));
    expect(posted).toContainEqual({ type: "resume", learningRate: 0.00025 });
  });

  it("say that the network was edited since, and that a faster engine exists", () => {
    open(3012, {}, { edited: true, offer: { engine: "tensorflow", size: "about 0.7 GB", times: 8 } });
    expect(text()).toContain("This run is of an earlier lenet5.cnn.json.");
    expect(text()).toContain("tensorflow trains this network about 8 times as fast (measured).");
    click(button("Show the difference"));
    click(button("Install, about 0.7 GB"));
    expect(posted.filter(({ type }) => type === "command")).toEqual([
      { type: "command", command: "showDifference" },
      { type: "command", command: "installEngine" },
    ]);
  });
});

describe("readouts", () => {
  it("hold the facts of the run", () => {
    open(3012);
    expect(facts()).toEqual({
      "Validation accuracy": "98.84 %",
      "Validation loss": "0.0388",
      Epoch: "8 of 12",
      Step: "3,012 of 5,160",
      Elapsed: "0:41",
      Left: "0:29",
      "Images/s": "9,412",
      Data: "mnist 55,000 + 5,000",
      Engine: "tensorflow 2.21",
    });
    expect(find("[aria-live=polite]").textContent).toBe("Epoch 7 of 12: validation accuracy 98.84 percent, best 98.90.");
  });

  it("add the test accuracy at the end", () => {
    open(5160, { state: "finished", test: { loss: 0.03, accuracy: 0.9921 } });
    expect(facts()).toMatchObject({ "Test accuracy": "99.21 %", Epoch: "12 of 12", Left: "\u2013" });
  });

  it("follow the crosshair in both charts, by pointer and by keyboard", () => {
    open(3012);
    const [loss, accuracy] = [...root.querySelectorAll<HTMLElement>(".chart")];
    const places = () => [...root.querySelectorAll(".readout .place")].map((place) => place.textContent);
    expect(places()).toEqual(["step 3,012", "step 3,012"]);
    act(() => void loss?.dispatchEvent(new PointerEvent("pointermove", { clientX: 25, bubbles: true })));
    expect(places()).toEqual(["step 1,290", "step 1,290"]);
    press(accuracy ?? root, "ArrowLeft");
    press(accuracy ?? root, "ArrowRight", { shiftKey: true });
    expect(places()).toEqual(["step 1,299", "step 1,299"]);
    expect(root.querySelectorAll(".cross")).toHaveLength(2);
    press(accuracy ?? root, "Escape");
    expect(places()).toEqual(["step 3,012", "step 3,012"]);
  });

  it("show the epochs as a table on request", () => {
    open(900);
    click(button("Show as table"));
    expect([...root.querySelectorAll(".curve-table tbody tr")].map((row) => row.textContent)).toEqual(
      metricsTo(900).flatMap((line) =>
        line.kind === "epoch" ? [`${line.epoch}${line.train.loss.toFixed(4)}${line.validation?.loss.toFixed(4)}`] : [],
      ),
    );
  });

  it("name the curves for assistive technology", () => {
    open(3012);
    expect(find("[role=img]").getAttribute("aria-label")).toMatch(/^Loss by step\. Training 0\.0\d{3}, validation 0\.0388 at step 3,012\./);
  });
});

describe("layers", () => {
  it("are rows with names, and one of them is selected", () => {
    open(10);
    const rows = [...root.querySelectorAll<HTMLElement>(".layers tbody tr")];
    expect(rows).toHaveLength(8);
    expect(rows[2]?.getAttribute("aria-label")).toBe("conv2d_2, output 10x10x16, 2,416 parameters");
    expect(rows.filter((row) => row.getAttribute("aria-selected") === "true").map((row) => row.textContent)).toHaveLength(1);
    expect(find("tfoot").textContent).toBe("Total61,706416,520");
  });

  it("are chosen by keyboard and by click; the host hears of it", () => {
    open(10);
    press(find(".layers"), "ArrowDown");
    press(find(".layers"), "ArrowDown");
    expect(lastWatch()).toMatchObject({ selection: { layer: "conv2d_2", channel: 0, outputs: [0] }, pace: "live" });
    press(find(".layers"), "End");
    expect(lastWatch()).toMatchObject({ selection: { layer: "dense_3" } });
    click(find(".layers tbody tr:nth-child(5)"));
    expect(text()).toContain("No weights in this layer. Select one that learns.");
  });

  it("are remembered for the run, and only for it", () => {
    open(10);
    click(find(".layers tbody tr:nth-child(3)"));
    expect(saved).toMatchObject({ run: "4f2a91", kernel: { layer: "conv2d_2", output: 0, channel: 0 } });
    render(null, root);
    open(10);
    expect(lastWatch()).toMatchObject({ selection: { layer: "conv2d_2" } });
    open(10, { id: "other1" });
    expect(lastWatch()).toMatchObject({ selection: { layer: "conv2d_1" } });
  });
});

describe("kernels", () => {
  it("show the chosen filter's exact numbers and facts", () => {
    open(10);
    click(find(".layers tbody tr:nth-child(3)"));
    showKernels("conv2d_2", 10, 0, [0]);
    showKernels("conv2d_2", 20, 0, [0]);
    const weights = lenetWeights("conv2d_2", 20);
    const kernel = Array.from({ length: 25 }, (_, i) => weights.kernel[i * 6 * 16] ?? 0);
    const cells = [...root.querySelectorAll<HTMLElement>("[role=gridcell]")];
    expect(cells).toHaveLength(25);
    expect(cells[7]?.getAttribute("aria-label")).toBe(`row 2, column 3, value ${(kernel[7] ?? 0).toFixed(4).replace("-", "\u2212")}`);
    const listed = Object.fromEntries(
      [...root.querySelectorAll(".chosen dl div")].map((div) => [div.firstChild?.textContent, div.lastChild?.textContent]),
    );
    expect(listed["norm"]).toBe(Math.hypot(...kernel).toFixed(3));
    expect(Number(listed["change per step"])).toBeGreaterThan(0);
  });

  it("turn the other row when one is chosen, and ask for numbers under the pointer", () => {
    open(10);
    click(find(".layers tbody tr:nth-child(3)"));
    showKernels("conv2d_2");
    const [filters, channels] = [...root.querySelectorAll<HTMLElement>("[role=listbox]")];
    press(filters ?? root, "ArrowRight");
    expect(lastWatch()).toMatchObject({ selection: { outputs: [1], channel: 0 } });
    showKernels("conv2d_2", 10, 0, [1]);
    press(channels ?? root, "End");
    expect(lastWatch()).toMatchObject({ selection: { outputs: [1], channel: 5 } });
    expect(text()).toContain("Filter 1, 6 input channels");
    act(() => void filters?.dispatchEvent(pointer(5, 60)));
    expect(lastWatch()).toMatchObject({ selection: { outputs: [1, 2] } });
    act(() => void filters?.dispatchEvent(new PointerEvent("pointerleave")));
    expect(lastWatch()).toMatchObject({ selection: { outputs: [1] } });
  });

  it("of a dense layer are a map that tells one weight", () => {
    open(10);
    press(find(".layers"), "End");
    showKernels("dense_3", 10, 0, [0]);
    press(find("[role=application]"), "ArrowRight");
    const value = lenetWeights("dense_3", 10).kernel[10] ?? 0;
    expect(find(".map-value").textContent).toContain(`unit 0, input 1: ${value.toFixed(4).replace("-", "\u2212")}`);
    expect(text()).toContain("10 units down, 84 inputs across");
  });
});

describe("keys", () => {
  const pressAll = (selector: string, ...keys: readonly string[]) => {
    for (const key of keys) press(find(selector), key);
  };

  it("zoom tiles by + and -, 0 returns", () => {
    open(10);
    showKernels("conv2d_1");
    const height = () => Number.parseInt(find("[role=listbox] canvas").style.height, 10);
    const [fitting, before] = [saved?.tileSize, height()];
    pressAll("[role=listbox]", "+", "+");
    expect(height()).toBeGreaterThan(before);
    pressAll("[role=listbox]", "-");
    expect(saved?.tileSize).toBeGreaterThan(fitting ?? Number.NaN);
    pressAll("[role=listbox]", "0");
    expect(saved?.tileSize).toBe(fitting);
    click(button("Smaller pictures"));
    expect(height()).toBeLessThan(before);
  });

  it("[ and ] go to the layer before and after that learns, and keep the focus in the weights", () => {
    open(10);
    showKernels("conv2d_1");
    find("[role=listbox]").focus();
    pressAll("[role=listbox]", "]");
    expect(lastWatch()).toMatchObject({ selection: { layer: "conv2d_2" } });
    expect(document.activeElement).toBe(find(".kernel-view"));
    pressAll(".kernel-view", "]", "[", "[", "[");
    expect(lastWatch()).toMatchObject({ selection: { layer: "conv2d_1" } });
  });

  it("[ and ] on a curve smooth less and more", () => {
    open(3012);
    pressAll(".chart", "[");
    expect(saved?.curves.smoothing).toBe(0.8);
    pressAll(".chart", "]", "]", "]");
    expect(saved?.curves.smoothing).toBe(0.98);
    pressAll(".chart", "[");
    expect(saved?.curves.smoothing).toBe(0.9);
  });

  it("leave those with Ctrl to the editor", () => {
    open(10);
    showKernels("conv2d_1");
    press(find("[role=listbox]"), "+", { ctrlKey: true });
    expect(saved?.tileSize).toBe(44);
  });

  it("tell a screen reader where the crosshair went", () => {
    open(3012);
    press(find(".chart"), "ArrowLeft");
    expect(find("figure [aria-live]").textContent).toMatch(/^step 3,011: train 0\.\d{4}, validation 0\.0388$/);
  });
});

describe("the menu", () => {
  const labels = () => (find(".at-pointer") as FakeMenu).data.map(({ label }) => label);

  it.each<[string, readonly string[]]>([
    [".chart", ["Save curves as PNG", "Save steps as CSV", "Copy steps", "Save epochs as CSV", "Copy epochs"]],
    [".layers tbody tr", ["Save layers as CSV", "Copy layers"]],
    [
      "[role=listbox]",
      ["Save kernels of conv2d_1 as PNG", "Save weights of conv2d_1, output 0 as CSV", "Copy weights of conv2d_1, output 0"],
    ],
  ])("of %s opens by Shift+F10 and by a right click", (selector, expected) => {
    open(431);
    showKernels("conv2d_1");
    press(find(selector), "F10", { shiftKey: true });
    expect(labels()).toEqual(expected);
    press(find(".at-pointer"), "Escape");
    expect(root.querySelector(".at-pointer")).toBeNull();
    const rightClick = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX: 40, clientY: 40 });
    act(() => void find(selector).dispatchEvent(rightClick));
    expect(labels()).toEqual(expected);
    expect(rightClick.defaultPrevented).toBe(true);
  });

  it("copies values as a table for sheets", async () => {
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    open(431);
    showKernels("conv2d_1");
    press(find(".chart"), "F10", { shiftKey: true });
    const detail = { value: "Copy epochs" };
    await act(async () => void find(".at-pointer").dispatchEvent(new CustomEvent("vsc-context-menu-select", { detail })));
    expect(write.mock.calls[0]?.[0]).toMatch(/^epoch\tstep\tseconds\t.*\n1\t430\t5\.848\t/);
    expect(root.querySelector(".at-pointer")).toBeNull();
  });

  it("is the editor's own elsewhere", () => {
    open(431);
    const rightClick = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX: 40, clientY: 40 });
    act(() => void find("header").dispatchEvent(rightClick));
    expect(rightClick.defaultPrevented).toBe(false);
  });
});

describe("saving", () => {
  it("writes steps, epochs, layers and the chosen kernel as CSV", async () => {
    open(431);
    showKernels("conv2d_1");
    const menu = find("vscode-context-menu");
    const labels = ["Save steps as CSV", "Save epochs as CSV", "Save layers as CSV", "Save weights of conv2d_1, output 0 as CSV"];
    for (const value of labels)
      await act(async () => void menu.dispatchEvent(new CustomEvent("vsc-context-menu-select", { detail: { value } })));
    const files = posted.flatMap((message) =>
      message.type === "save" ? [[message.name, String(message.content).split("\r\n")] as const] : [],
    );
    expect(files.map(([name]) => name)).toEqual([
      "run-4f2a91-steps.csv",
      "run-4f2a91-epochs.csv",
      "run-4f2a91-layers.csv",
      "run-4f2a91-conv2d_1-0.csv",
    ]);
    const [steps, epochs, layers, kernel] = files.map(([, lines]) => lines);
    expect([steps?.length, steps?.[0]]).toEqual([433, "step,seconds,loss,accuracy,learning rate"]);
    expect(steps?.[431]).toMatch(/^431,5\.86\d*,0\.\d+,0\.\d+,0\.001$/);
    expect(epochs?.[1]).toMatch(/^1,430,5\.848,0\.\d+,0\.\d+,0\.0921,0\.9712$/);
    expect(layers?.[1]).toBe('conv2d_1,"6, 5x5, same, relu",28x28x6,156,117600');
    expect(kernel?.[1]?.split(",")).toHaveLength(26);
  });
});

function pointer(x: number, y: number): PointerEvent {
  const event = new PointerEvent("pointermove", { bubbles: true });
  Object.defineProperties(event, { offsetX: { value: x }, offsetY: { value: y } });
  return event;
}
