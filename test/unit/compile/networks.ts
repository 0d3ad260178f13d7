import { readFileSync } from "node:fs";
import { compileNetwork } from "../../../src/compile/compile.js";
import type { CompiledNetwork } from "../../../src/compile/types.js";
import { readCnnJson } from "../../../src/model/cnnJson/read.js";
import type { Network } from "../../../src/model/network.js";
import { inferShapes } from "../../../src/shape/infer.js";

/** A network from a file's text; problems of reading it are errors here. */
export function parse(text: string): Network {
  const { network, problems } = readCnnJson(text, "test.cnn.json");
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join("\n"));
  return network;
}

export const parseLayers = (input: readonly number[], layers: readonly object[], training: object = {}): Network =>
  parse(JSON.stringify({ input, layers, training }));

export const example = (name: string): Network =>
  parse(readFileSync(new URL(`../../../examples/${name}.cnn.json`, import.meta.url), "utf8"));

export function compile(network: Network, classes: number): CompiledNetwork {
  return compileNetwork(network, inferShapes(network), { inputShape: network.input?.shape ?? [], classes });
}
