import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LoadOptions } from "../../../src/data/dataset.js";
import { loadMnist } from "../../../src/data/mnist.js";

const real = path.resolve("../shared/data/mnist");
const absent = !existsSync(real);
const LABELS = "t10k-labels-idx1-ubyte.gz";

let folder = "";
let options: LoadOptions;
let server: Server;
let mirror = "";
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const asked: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cnn-mnist-"));
  options = { cacheDirectory: folder, searchDirectories: [], allowDownload: true };
  asked.length = 0;
  server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.range ?? "whole"}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

/** Answers as a plain file server does, ranges too. */
const serveReal: typeof answer = (request, response) => {
  const bytes = readFileSync(path.join(real, request.url ?? ""));
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  response.writeHead(from > 0 ? 206 : 200, { "content-length": bytes.length - from });
  response.end(bytes.subarray(from));
};

describe("mnist without its files", () => {
  it("says which files to put where", async () => {
    const message = `put train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz into ${path.join(folder, "mnist")}`;
    await expect(loadMnist({ ...options, allowDownload: false })).rejects.toMatchObject({
      name: "UserError",
      code: "dataMissing",
      message: expect.stringContaining(message),
    });
  });

  it("says what each mirror answered", async () => {
    answer = (_request, response) => response.writeHead(503, "Service Unavailable").end();
    await expect(loadMnist(options, [mirror, "http://127.0.0.1:1/"])).rejects.toMatchObject({
      message: expect.stringMatching(
        /^MNIST could not be downloaded \(127.0.0.1:\d+: it answers 503 Service Unavailable; 127.0.0.1:1: .+\): put train/,
      ),
    });
  });

  it("keeps nothing under its name that is not MNIST", async () => {
    answer = (_request, response) => response.end("a page of an hotel's wireless network");
    await expect(loadMnist(options, [mirror])).rejects.toThrow("train-images-idx3-ubyte.gz came with another content than MNIST's");
    expect(await readdir(path.join(folder, "mnist"))).toEqual([]);
  });

  it("stops when told to", async () => {
    const stop = new AbortController();
    answer = () => stop.abort(new Error("stopped"));
    await expect(loadMnist({ ...options, signal: stop.signal }, [mirror])).rejects.toThrow("stopped");
  });
});

describe.skipIf(absent)("mnist", { timeout: 60_000 }, () => {
  it("is read from a folder, its subfolder mnist, or the cache", async () => {
    const set = await loadMnist({ ...options, allowDownload: false, searchDirectories: [path.dirname(real)] });
    expect(set).toMatchObject({ name: "mnist", shape: [28, 28, 1], train: { count: 60_000 }, test: { count: 10_000 } });
    expect([...set.train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect(
      createHash("md5")
        .update(set.test.labels.map((label) => label))
        .digest("hex"),
    ).toHaveLength(32);
  });

  it("is kept unpacked, and read anew when that copy is damaged", async () => {
    const from = { ...options, allowDownload: false, searchDirectories: [real] };
    const { hash } = await loadMnist(from);
    const messages: string[] = [];
    const again = () => loadMnist({ ...from, onProgress: ({ message }) => messages.push(message) });
    expect((await again()).hash).toBe(hash);
    expect(messages).toEqual([]);
    const home = path.join(folder, "mnist");
    const copy = path.join(home, (await readdir(home))[0] ?? "");
    const bytes = readFileSync(copy);
    bytes[9_999_999] = (bytes[9_999_999] ?? 0) ^ 1;
    await writeFile(copy, bytes);
    expect((await again()).hash).toBe(hash);
    expect(messages).toEqual([`Reading MNIST from ${real}`]);
  });

  it("is downloaded, going on with what an earlier try left", async () => {
    const home = path.join(folder, "mnist");
    await mkdir(home);
    await writeFile(path.join(home, `${LABELS}.part`), readFileSync(path.join(real, LABELS)).subarray(0, 1000));
    answer = serveReal;
    const fractions: number[] = [];
    const set = await loadMnist({ ...options, onProgress: ({ fraction }) => fraction !== undefined && fractions.push(fraction) }, [mirror]);
    expect(set.test.count).toBe(10_000);
    expect(asked.at(-1)).toBe(`/${LABELS} bytes=1000-`);
    expect(asked).toHaveLength(4);
    expect((await readdir(home)).filter((name) => name.endsWith(".gz"))).toHaveLength(4);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it("is asked of the next mirror when one breaks off", async () => {
    answer = (request, response) => {
      if (request.url?.startsWith("/broken/") !== true) return serveReal(request, response);
      response.writeHead(200, { "content-length": 5000 });
      response.write(Buffer.alloc(100), () => response.destroy());
    };
    expect((await loadMnist(options, [`${mirror}broken/`, mirror])).train.count).toBe(60_000);
  });
});
