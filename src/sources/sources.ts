// A bundle of its own, loaded with the first file that makes networks: it is larger than all the rest of the extension.
export { grammarsIn } from "./grammars.js";
export { readSource } from "./readSource.js";
