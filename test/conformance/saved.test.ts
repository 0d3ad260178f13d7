import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { difference, SIN, savedAnswers, spread, ZERO } from "../fixtures/savedNetwork.js";

const SHARED = path.resolve("../shared/conformance");
const TOLERANCE = 1e-4;

/** What a real framework says of one saved model. */
interface ModelAnswer {
  readonly id: string;
  readonly file: string;
  /** The first numbers of each output to an input of zeros. */
  readonly zeroInputOutput?: readonly (readonly number[])[];
}

/** Of each of the model's outputs 64 numbers at most, evenly spread, to zeros and to x[i] = sin(i). */
type Kept = Readonly<Record<"zero" | "sin", readonly (readonly number[])[]>>;

const KEPT = JSON.parse(readFileSync("test/fixtures/saved/shared.json", "utf8")) as Readonly<Record<string, Kept>>;

/** Models that cannot be trained, or whose weights are not there, and what is said of them. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  "keras_keras-nested_container.keras": /class NestedDenseModel of the program that saved it/,
  "onnx_node_test_flatten_negative_axis1.onnx": /b \(Flatten\) has no counterpart/,
  "onnx_openseeface_retinaface_640x640_opt.onnx": /585 \(Concat\) makes a further output/,
  "onnx_ultraface_version-RFB-320.onnx": /scores \(Softmax\) makes a further output/,
  "onnx_ultraface_version-slim-320.onnx": /scores \(Softmax\) makes a further output/,
  "tfjs_tfjs-e2e-layers": /embedding_Embedding2 \(Embedding\) has no counterpart/,
  ...Object.fromEntries(
    ["basic_conv_without_padding", "conv_with_autopad_same", "conv_with_strides_no_padding"]
      .concat(["convtranspose", "convtranspose_dilations", "convtranspose_kernel_shape", "convtranspose_pad"])
      .map((name) => [`onnx_node_test_${name}.onnx`, /takes 2 inputs/]),
  ),
  "tfjs_tensorspace-acgan": /takes 2 inputs/,
  "tfjs_tfjs-examples-angular": /takes 2 inputs/,
};

const folder = path.join(SHARED, "answers/models");
const answers = existsSync(folder)
  ? readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), "utf8")) as ModelAnswer)
  : [];
/** Checkpoints have no graph; of some models only the topology is there. */
const graphs = answers.filter(({ id }) => !/^(pytorch|safetensors)_|topology-only$/.test(id));

describe.skipIf(answers.length === 0)("saved models answer as their frameworks do", () => {
  it.each(graphs.map((answer) => [answer.id, answer] as const))("%s", async (id, { file, zeroInputOutput }) => {
    const ours = await savedAnswers(path.join(SHARED, "models", file), [ZERO, SIN]);
    const refused = REFUSED[id];
    if (refused) return expect(ours).toMatch(refused);
    if (typeof ours === "string") throw new Error(ours);
    const { outputs, place, misfits, bare } = ours;
    expect(misfits).toEqual([]);
    expect(bare).toEqual([]);
    const [zero = new Float32Array(), sin = new Float32Array()] = outputs;
    const [stated] = zeroInputOutput ?? [];
    if (stated) expect(difference([...zero], stated)).toBeLessThan(TOLERANCE);
    const kept = KEPT[path.basename(file) === "model.json" ? path.basename(path.dirname(file)) : path.basename(file)];
    if (!kept) return;
    for (const [output, theirs = []] of [[zero, kept.zero[place]] as const, [sin, kept.sin[place]] as const])
      expect(difference(spread(output, theirs.length), theirs)).toBeLessThan(TOLERANCE);
  });
});
