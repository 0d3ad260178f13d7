import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** What a real framework answered when it ran a source file's model. */
export interface SourceAnswer {
  readonly id: string;
  readonly file: string;
  readonly target: string;
  readonly layout?: "WHCN";
  readonly input: readonly (number | null)[] | readonly (readonly (number | null)[])[];
  readonly source: { readonly repo: string; readonly path: string; readonly sha256: string };
  readonly layers?: readonly { readonly line?: number; readonly file?: string; readonly type: string; readonly out: readonly number[] }[];
  readonly totalParams?: number;
  /** The framework refuses it too. */
  readonly fails?: true;
}

const FOLDER = path.resolve("../shared/conformance/answers/sources");

export function sourceAnswers(): SourceAnswer[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(path.join(FOLDER, file), "utf8")) as SourceAnswer);
}

/** What `cnn shapes FILE --json` prints, as far as it is held against answers. */
export interface PrintedShapes {
  readonly layers: readonly {
    readonly line?: number;
    readonly file?: string;
    readonly type: string;
    readonly output: readonly (number | null)[] | null;
  }[];
  readonly totalParams: number | null;
  readonly problems: readonly { readonly line: number; readonly message: string; readonly severity: string }[];
}

/** The shapes that a model was fed, without their batches. */
export function exampleInputs({ input, layout }: Pick<SourceAnswer, "input" | "layout">): number[][] {
  const inputs = (Array.isArray(input[0]) ? input : [input]) as readonly (readonly (number | null)[])[];
  return inputs.map((shape) => withoutBatch(shape, layout).map((size) => size ?? 1));
}

/** The arguments of `cnn shapes` that ask for an answer's target and input. */
export function shapesArguments(answer: SourceAnswer): string[] {
  const { target } = answer;
  const examples = exampleInputs(answer).map((shape) => shape.join("x"));
  return ["--target", target, "--input", examples.join(","), "--json"];
}

/** One text a layer, the same for the same line, type and shape; layers of other files have no line. */
export function fingerprints(answer: SourceAnswer, layers: SourceAnswer["layers"] | PrintedShapes["layers"] = []): string[] {
  return layers.flatMap((layer) => {
    const type = layer.type.toLowerCase().replace(/[^a-z0-9]/g, "");
    if (layer.line === undefined || /^input(layer)?$/.test(type)) return [];
    const shape = "out" in layer ? layer.out : (layer.output ?? []);
    const line = layer.file !== undefined && layer.file !== answer.file ? "elsewhere" : `line ${layer.line}`;
    return `${line}: ${type} ${withoutBatch(shape, answer.layout).join("x")}`;
  });
}

function withoutBatch<T>(shape: readonly T[], layout: SourceAnswer["layout"]): readonly T[] {
  return layout === "WHCN" ? shape.slice(0, -1) : shape.slice(1);
}
