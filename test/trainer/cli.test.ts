import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TOY_SIZE, toyNetwork, writeToySet } from "../fixtures/toySet.js";

const CLI = path.resolve("dist/cli.js");
if (!existsSync(CLI)) throw new Error("dist/cli.js is missing: run `npm run build` first.");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a line of `--json` may hold. */
interface Line {
  readonly kind: string;
  readonly run?: string;
  readonly runDirectory?: string;
  readonly state?: string;
  readonly step?: number;
  readonly test?: { readonly accuracy: number };
}

let folder = "";
let run = "";
const children = new Set<ChildProcess>();

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cnn-cli-"));
  writeToySet(path.join(folder, "toy"), { train: 600, test: 120 });
  writeFileSync(path.join(folder, "toy.cnn.json"), toyNetwork({ data: "idx:toy", epochs: 3 }));
});
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** Runs the command in the folder; `onLine` sees each line of stdout as it comes. */
function cnn(args: readonly string[], onLine: (line: string, child: ChildProcess) => void = () => {}): Promise<Ended> {
  const env = { ...process.env, CNN_LAB_CACHE: path.join(folder, "cache"), CNN_LAB_DATA: "" };
  const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env });
  children.add(child);
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const before = out.split("\n").length - 1;
    out += text;
    for (const line of out.split("\n").slice(before, -1)) onLine(line, child);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

const lines = ({ out }: Ended): Line[] =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

describe("cnn", () => {
  it("explains itself", async () => {
    const { code, out } = await cnn(["--help"]);
    expect(code).toBe(0);
    for (const command of ["train", "resume", "shapes", "predict", "runs", "data", "engine", "export", "bench"])
      expect(out).toContain(`\n  ${command}`);
  });

  it.each([
    [["frobnicate"]],
    [["train"]],
    [["train", "x", "--epochs", "none"]],
    [["train", "x", "--engine", "steam"]],
    [["predict", "last"]],
  ])("ends with 2 for wrong usage: %j", async (args) => {
    const { code, err } = await cnn(args);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: .*\n\(--help says more\)\n$/);
  });

  it("says what failed in one sentence, and ends with 1", async () => {
    expect(await cnn(["shapes", "gone.cnn.json"])).toEqual({
      code: 1,
      out: "",
      err: "gone.cnn.json cannot be read (there is no such file).\n",
    });
    const unknown = await cnn(["predict", "abcdef", "a.png"]);
    expect(unknown).toMatchObject({ code: 1, out: "" });
    expect(unknown.err).toMatch(/^There is no run "abcdef" in .*\.\n$/);
  });

  it("shows shapes as the conformance cases ask for them", async () => {
    const shapes = await cnn(["shapes", "toy.cnn.json", "--json", "--input", "20x20x1"]);
    expect(shapes.code).toBe(0);
    const json = JSON.parse(shapes.out) as { layers: { line: number; type: string; input: unknown; output: unknown; params: number }[] };
    expect(json).toMatchObject({ framework: "cnn", input: [null, 20, 20, 1], output: [null, 4], problems: [] });
    expect(json.layers[0]).toMatchObject({ type: "conv2d", input: [null, 20, 20, 1] });
  });
});

describe("cnn train", () => {
  it("trains, tells programs line by line, and ends with the result", async () => {
    const ended = await cnn(["train", "toy.cnn.json", "--engine", "wasm", "--json"]);
    expect(ended).toMatchObject({ code: 0, err: "" });
    const all = lines(ended);
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(["progress", "start", "steps", "epoch", "result"]));
    expect(all.filter(({ kind }) => kind === "epoch")).toHaveLength(3);
    expect(all.at(-1)).toMatchObject({ kind: "result", state: "finished" });
    run = all.at(-1)?.run ?? "";
    expect(readdirSync(path.join(folder, ".cnn", "runs"))).toEqual([run]);
  });

  it("shows people an epoch a line", async () => {
    const { code, out } = await cnn(["train", "toy.cnn.json", "--engine", "wasm", "--epochs", "1", "--seed", "5", "--runs", "other"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Epoch 1\/1 {3}train loss .*validation loss/m);
    expect(out).toMatch(/^Test {3}loss .*accuracy [\d.]+ %/m);
    expect(readdirSync(path.join(folder, "other"))).toHaveLength(1);
  });

  it("stops at Ctrl-C with a checkpoint, and resumes", async () => {
    let interrupted = false;
    const ended = await cnn(
      ["train", "toy.cnn.json", "--engine", "wasm", "--epochs", "200", "--json", "--runs", "stopped"],
      (line, child) => {
        if (interrupted || !line.includes('"epoch"') || (JSON.parse(line) as Line).kind !== "epoch") return;
        interrupted = true;
        child.kill("SIGINT");
      },
    );
    expect(ended.code).toBe(130);
    const result = lines(ended).at(-1);
    expect(result).toMatchObject({ kind: "result", state: "stopped" });
    const runDirectory = result?.runDirectory ?? "";
    const again = await cnn(["resume", runDirectory, "--json"], (line, child) => {
      if ((JSON.parse(line) as Line).kind === "epoch") child.kill("SIGINT");
    });
    expect(lines(again).at(-1)?.step).toBeGreaterThan(result?.step ?? Number.POSITIVE_INFINITY);
  });

  it("names what keeps a network from being trained, as the last line too", async () => {
    const ended = await cnn(["train", "toy.cnn.json", "--data", "idx:nowhere", "--json"]);
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/^The data set "idx:nowhere" was not found at .*\n$/);
    expect(lines(ended).at(-1)).toMatchObject({ kind: "error" });
  });
});

describe("a finished run", () => {
  it("is listed", async () => {
    const { out } = await cnn(["runs"]);
    expect(out).toMatch(new RegExp(`^${run} +toy.cnn.json +idx:toy +finished +3/3 `, "m"));
    const json = JSON.parse((await cnn(["runs", "--json"])).out) as { id: string; data: { classes: string[] } }[];
    expect(json).toMatchObject([{ id: run, data: { classes: ["0", "1", "2", "3"] } }]);
  });

  it("predicts pictures, and inverted ones inverted", async () => {
    const bar = (ink: number, paper: number) => {
      const image = new PNG({ width: 3 * TOY_SIZE, height: 3 * TOY_SIZE });
      for (let i = 0; i < image.data.length / 4; i++) {
        const y = Math.floor(i / image.width);
        const gray = y >= 15 && y < 18 ? ink : paper;
        image.data.set([gray, gray, gray, 255], i * 4);
      }
      return PNG.sync.write(image);
    };
    writeFileSync(path.join(folder, "light.png"), bar(220, 20));
    writeFileSync(path.join(folder, "dark.png"), bar(35, 235));
    const predict = async (...args: string[]) => {
      const ended = await cnn(["predict", run.slice(0, 5), ...args, "--json", "--engine", "wasm", "--top", "4"]);
      expect(ended).toMatchObject({ code: 0, err: "" });
      return (JSON.parse(ended.out) as { results: { top: { class: string; probability: number }[] }[] }).results;
    };
    const [light] = await predict("light.png");
    expect(light?.top).toHaveLength(4);
    expect(light?.top.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4);
    expect(await predict("dark.png", "--invert")).toMatchObject([{ top: light?.top.map(({ class: name }) => ({ class: name })) ?? [] }]);
    const text = await cnn(["predict", "last", "light.png", "dark.png", "--engine", "wasm"]);
    expect(text.out.trimEnd().split("\n")).toHaveLength(2);
    expect(text.out).toMatch(/^light\.png: \d [\d.]+ %, /);
  });

  it("is exported", async () => {
    const { code, out } = await cnn(["export", run, "--out", "model"]);
    expect({ code, files: readdirSync(path.join(folder, "model")).sort() }).toEqual({ code: 0, files: ["model.json", "weights.bin"] });
    expect(out).toContain("loadLayersModel");
  });

  it("is deleted", async () => {
    expect(await cnn(["runs", "rm", run])).toMatchObject({ code: 0, out: `Deleted run ${run}.\n` });
    expect((await cnn(["runs"])).out).toMatch(/^There are no runs in /);
  });
});

describe("other commands", () => {
  it("describe data and draw a sheet", async () => {
    const ended = await cnn(["data", "idx:toy", "--json", "--sheet", "sheet.png"]);
    expect(ended).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(ended.out)).toMatchObject({ shape: [TOY_SIZE, TOY_SIZE, 1], train: 600, test: 120 });
    expect(existsSync(path.join(folder, "sheet.png"))).toBe(true);
  });

  it("measure steps", async () => {
    const { out } = await cnn(["bench", "toy.cnn.json", "--engine", "wasm", "--steps", "3", "--json"]);
    expect(JSON.parse(out)).toMatchObject([{ threads: 1, imagesPerSecond: expect.any(Number) }]);
  });

  it("say how the engine stands", async () => {
    const { code, out } = await cnn(["engine", "--json"]);
    expect(code).toBe(0);
    expect(["installed", "absent", "broken", "unsupported"]).toContain((JSON.parse(out) as { state: string }).state);
  });
});
