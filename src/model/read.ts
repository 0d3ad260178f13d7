import { readCnnJson } from "./cnnJson/read.js";
import type { ReadNetwork } from "./network.js";

/** Reads a network from the text of a file; the file's name says the format. Never throws. */
export function readNetwork(text: string, fileName: string): ReadNetwork {
  return readCnnJson(text, fileName);
}
