import * as vscode from "vscode";
import type { ModelReading, ReadLayer } from "../../../reading/types.js";
import { layerHint } from "../../../reading/words.js";
import type { CodeAnalyses, PlacedCode } from "./codeAnalyses.js";

/** The outline's list of a file's models with their layers and shapes. */
export class CodeOutline implements vscode.DocumentSymbolProvider {
  constructor(private readonly analyses: CodeAnalyses) {}

  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const shown = await this.analyses.wholeOf(document);
    if (!shown) return [];
    return [shown, ...shown.lost].flatMap(modelSymbols);
  }
}

function modelSymbols(code: PlacedCode): vscode.DocumentSymbol[] {
  const { targets, readings } = code.analysis;
  return targets.flatMap((target, i) => {
    const reading = readings[i];
    const place = code.here(target.range);
    if (!reading || reading.layers.length === 0 || !place) return [];
    const model = new vscode.DocumentSymbol(target.expression, "model", vscode.SymbolKind.Module, place, place);
    model.children = reading.layers.flatMap((layer) => layerSymbol(layer, reading, code) ?? []);
    return model;
  });
}

function layerSymbol(layer: ReadLayer, reading: ModelReading, code: PlacedCode): vscode.DocumentSymbol | undefined {
  const place = layer.role === "layer" && layer.range ? code.here(layer.range) : undefined;
  if (!place) return undefined;
  const shape = layerHint(layer, reading, undefined, ["shape"]) ?? "?";
  return new vscode.DocumentSymbol(layerName(layer), shape, vscode.SymbolKind.Field, place, place);
}

/** "conv1 (Conv2d)"; a name that a framework made of the type, "max_pooling2d_1", says it already. */
function layerName({ name, type }: ReadLayer): string {
  if (name === "") return type;
  return name.replaceAll("_", "").toLowerCase().includes(type.toLowerCase()) ? name : `${name} (${type})`;
}
