import { arrayOperations } from "../../interpret/julia/arrays/operations.js";
import { builtins } from "../../interpret/julia/builtins/names.js";
import type { Library } from "../../interpret/library.js";
import type { ModuleValue, Value } from "../../interpret/values.js";
import { CLASSES } from "./classes.js";
import { FUNCTIONS } from "./functions.js";
import { METALHEAD } from "./metalhead/names.js";

/** All names of Flux. Some it does not export; a program that writes them bare has imported them by name. */
const FLUX: ReadonlyMap<string, Value> = new Map([...FUNCTIONS, ...CLASSES]);

/** Modules that are parts of Flux, or that Flux has its functions from. */
const FLUX_MODULES = [
  "Flux",
  "NNlib",
  "MLUtils",
  "Lux",
  "CUDA",
  "Functors",
  "Optimisers",
  "Zygote",
  "Flux.NNlib",
  "Flux.MLUtils",
  "Flux.Losses",
  "Flux.Optimise",
  "Flux.Data",
  "Flux.Zygote",
  "Flux.Train",
];

/** The standard library, as far as it is about arrays: its names are there anyway. */
const STANDARD = [
  "Base",
  "Core",
  "Statistics",
  "LinearAlgebra",
  "Random",
  "Base.Iterators",
  "Iterators",
  "Printf",
  "Main",
  "MLDataDevices",
];

const METALHEAD_MODULES = ["Metalhead", "Metalhead.Layers", "Layers", "Utilities", "Metalhead.Utilities"];

const modules: ReadonlyMap<string, ModuleValue> = new Map([
  ...FLUX_MODULES.map((name) => [name, module(name, (member) => FLUX.get(member) ?? builtins().get(member))] as const),
  ...STANDARD.map((name) => [name, module(name, (member) => builtins().get(member))] as const),
  ...METALHEAD_MODULES.map((name) => [name, module(name, (member) => METALHEAD.get(member))] as const),
]);

/** A module knows itself, and those below it. */
function module(name: string, member: (name: string) => Value | undefined): ModuleValue {
  return {
    kind: "module",
    name,
    get: (wanted) => member(wanted) ?? (wanted === name.split(".").at(-1) ? modules.get(name) : modules.get(`${name}.${wanted}`)),
  };
}

/** Flux and its kin. */
export const fluxLibrary: Library = { module: (name) => modules.get(name), tensors: arrayOperations };
