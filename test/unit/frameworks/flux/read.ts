import { flux } from "../../../../src/frameworks/flux/flux.js";
import { juliaSemantics } from "../../../../src/interpret/julia/semantics.js";
import type { WorkspaceFiles } from "../../../../src/interpret/modules.js";
import type { SourceLanguage } from "../../../../src/reading/languages.js";
import { Source } from "../../../../src/reading/source.js";
import { juliaModule } from "../../../../src/syntax/julia/module.js";
import { packagedGrammars } from "../../../fixtures/grammars.js";

const grammars = packagedGrammars();

export const loadJulia = () => grammars.load("julia");

const language: SourceLanguage = {
  language: "julia",
  semantics: juliaSemantics,
  libraries: [],
  frameworks: [flux],
  parse: (_, text) => juliaModule(grammars.parse("julia", text)),
};

/** A Julia file as the product reads it. */
export function julia(text: string, workspace?: WorkspaceFiles, file = "model.jl"): Source {
  return new Source(text, language, { file, patience: 25, ...(workspace && { workspace }) });
}

/** Each layer as "Conv 24x24x6x1 156", and what is wrong. */
export function layersOf(source: Source, target?: string, ...input: readonly number[]): string[] {
  const reading = source.read(target, input.length > 0 ? [input] : undefined);
  const layers = reading.layers.map(
    ({ type, outputs, parameters }) => `${type} ${shapeText(outputs[0])}${parameters ? ` ${parameters}` : ""}`,
  );
  return [...layers, ...reading.problems.map(({ severity, message }) => `${severity}: ${message}`)];
}

function shapeText(shape: readonly (number | undefined)[] | undefined): string {
  return shape ? shape.map((size) => size ?? "?").join("x") : "?";
}
