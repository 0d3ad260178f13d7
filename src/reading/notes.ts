import type { Problem } from "../base/problem.js";
import { LineIndex, type TextRange } from "../base/text.js";
import type { TensorShape } from "../interpret/tensor.js";
import type { ReceptiveField } from "../shape/types.js";
import { receptiveFields } from "./sights.js";
import type { ModelReading, ModelTarget, ReadLayer } from "./types.js";

/** A layer of a reading, with what is told of it. */
export interface NotedLayer {
  readonly layer: ReadLayer;
  readonly reading: ModelReading;
  readonly field: ReceptiveField | undefined;
}

/** What there is to say beside one line of a source file. */
export interface LineNote {
  /** From 0. */
  readonly line: number;
  /** Layers that are made here, in the order they run; a layer that runs twice is there twice. */
  readonly layers: readonly NotedLayer[];
  /** The shape of what the line yields, where it makes no layers. */
  readonly yields: { readonly range: TextRange; readonly shape: TensorShape; readonly reading: ModelReading } | undefined;
  /** A model whose layers are all made by other files. */
  readonly makes?: { readonly range: TextRange; readonly reading: ModelReading };
}

/**
 * Notes for a text from the readings of its models: each line has those of the first model that has any there. `targets` are the models
 * that were read, in the same order.
 */
export function notesOf(text: string, readings: readonly ModelReading[], targets: readonly ModelTarget[] = []): LineNote[] {
  const lines = new LineIndex(text);
  const notes = new Map<number, LineNote>();
  readings.forEach((reading, i) => {
    const range = targets[i]?.range;
    if (!range || reading.layers.length === 0 || reading.layers.some((layer) => layer.range !== undefined)) return;
    const { line } = lines.position(range.end);
    notes.set(line, { line, layers: [], yields: undefined, makes: { range, reading } });
  });
  for (const reading of readings) {
    for (const note of notesOfOne(text, lines, reading)) {
      const known = notes.get(note.line);
      if (!known || (!known.makes && known.layers.length === 0 && note.layers.length > 0)) notes.set(note.line, note);
    }
  }
  return [...notes.values()].sort((a, b) => a.line - b.line);
}

/** "Flux.flatten" */
const NAME = /^[\w.]+$/;

function notesOfOne(text: string, lines: LineIndex, reading: ModelReading): LineNote[] {
  const fields = receptiveFields(reading);
  const layers = new Map<number, NotedLayer[]>();
  reading.layers.forEach((layer, i) => {
    if (!layer.range || layer.role === "function") return;
    const { line } = lines.position(layer.range.end);
    const noted = { layer, reading, field: fields[i] };
    const made = layers.get(line);
    if (made) made.push(noted);
    else layers.set(line, [noted]);
  });
  const yields = new Map(reading.lines.map(({ range, shape }) => [lines.position(range.end).line, { range, shape, reading }]));
  // A function that a chain has among its layers is named there, not called.
  for (const { role, range, outputs } of reading.layers) {
    const [shape] = outputs;
    if (role !== "function" || !range || !shape) continue;
    const { line } = lines.position(range.end);
    if (!layers.has(line) && !yields.has(line) && NAME.test(text.slice(range.start, range.end)))
      yields.set(line, { range, shape, reading });
  }
  return [...new Set([...layers.keys(), ...yields.keys()])].map((line) => {
    const made = layers.get(line) ?? [];
    return { line, layers: made, yields: made.length > 0 ? undefined : yields.get(line) };
  });
}

/** Problems of several readings of one text, each once, errors first. */
export function problemsOf(readings: readonly Pick<ModelReading, "problems">[]): Problem[] {
  const seen = new Set<string>();
  const all = readings.flatMap(({ problems }) =>
    problems.filter(({ range, message }) => {
      const key = `${range.start} ${range.end} ${message}`;
      return !seen.has(key) && seen.add(key);
    }),
  );
  return [...all.filter(({ severity }) => severity === "error"), ...all.filter(({ severity }) => severity !== "error")];
}
