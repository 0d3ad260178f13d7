// What is understood of each framework, as a page in Markdown, from the tables that readers go by.
import { CLASSES } from "../src/frameworks/flux/classes.js";
import { FUNCTIONS as FLUX_FUNCTIONS } from "../src/frameworks/flux/functions.js";
import { ZOO as METALHEAD } from "../src/frameworks/flux/metalhead/zoo.js";
import { APPLICATION_NAMES } from "../src/frameworks/keras/applications/table.js";
import { KERAS_LAYERS } from "../src/frameworks/keras/layers/table.js";
import { OPERATIONS as KERAS_FUNCTIONS } from "../src/frameworks/keras/source/operations.js";
import { OPERATORS as ONNX_OPERATORS } from "../src/frameworks/onnx/table.js";
import { LAYERS as TORCH_LAYERS } from "../src/frameworks/pytorch/modules/building.js";
import { FUNCTIONAL_ROWS } from "../src/frameworks/pytorch/tables/functionalRows.js";
import { TENSOR_ROWS } from "../src/frameworks/pytorch/tables/tensorRows.js";
import { TORCH_ROWS } from "../src/frameworks/pytorch/tables/torchRows.js";
import { ZOO as TORCHVISION } from "../src/frameworks/pytorch/torchvision/zoo.js";
import { LAYER_CLASSES } from "../src/frameworks/tfjs/layerTable.js";
import { CREATION } from "../src/frameworks/tfjs/operations/creation.js";
import { OPERATIONS as TFJS_FUNCTIONS } from "../src/frameworks/tfjs/operations/table.js";
import { LAYERS as CATALOGUE } from "../src/layers/catalogue.js";
import { OPERATIONS as GRAPH_OPERATIONS } from "../src/saved/tfjsGraph/infer.js";

/** Each name once, in the order of the alphabet. */
function list(names: Iterable<string>): string {
  const sorted = [...new Set(names)].sort((a, b) => a.localeCompare(b, "en"));
  return sorted.map((name) => `\`${name}\``).join(", ");
}

/** "relu" of a row's signature, "relu(input, inplace=False)". */
const named = (rows: readonly (readonly [string, ...unknown[]])[]) => rows.map(([signature]) => signature.replace(/\(.*/s, ""));

/** The page `docs/understood.md`. */
export function understoodPage(): string {
  return `<!-- Written by \`node scripts/generateDocs.mjs\` from the tables that readers go by. -->

# What is understood

Everything below has its rule for shapes, parameters and costs. Of anything else the shape is unknown, and what depends on it is left out; nothing is guessed.

## What can be trained

A model of any framework, in source or saved with its layers, when each of its layers and operations comes down to layers of the catalogue: ${list(CATALOGUE.map(({ type }) => type))}.
\`cnn train FILE\` and **Train CNN** name the first line that does not.

## PyTorch

Source and notebooks. Saved: checkpoints (zip and legacy) and safetensors, their tensors alone.

Layers of \`torch.nn\`: ${list(TORCH_LAYERS.keys())}.

Functions of \`torch\`, \`torch.nn.functional\` and tensors: ${list(named([...TORCH_ROWS, ...FUNCTIONAL_ROWS, ...TENSOR_ROWS]))}.

Networks of \`torchvision.models\`: ${list(TORCHVISION.keys())}.

## Keras

Source and notebooks of Keras 1 to 3 and \`tf.keras\`: Sequential, functional and subclassed models. Saved: \`.keras\` and \`.h5\`.

Layers: ${list(KERAS_LAYERS.map(({ className }) => className))}.

Functions of \`keras.ops\`, \`keras.backend\`, \`tf\`, \`tf.math\`, \`tf.nn\` and \`tf.image\`: ${list(KERAS_FUNCTIONS.keys())}.

Networks of \`keras.applications\`: ${list(APPLICATION_NAMES)}.

## TensorFlow.js

Source in JavaScript, TypeScript and web pages. Saved: \`model.json\` of layers models and of graph models.

Layers of \`tf.layers\`: ${list(LAYER_CLASSES.keys())}.

Functions of \`tf\` and methods of tensors: ${list([...TFJS_FUNCTIONS.keys(), ...CREATION.keys()])}.

Operators of graph models: ${list(GRAPH_OPERATIONS.keys())}.

## Flux

Source and notebooks in Julia.

Layers: ${list(CLASSES.keys())}.

Functions of Flux, NNlib and MLUtils: ${list(FLUX_FUNCTIONS.keys())}.

Networks of Metalhead: ${list(METALHEAD.keys())}.

## ONNX

Files with and without external data. Operators of all operator sets: ${list(ONNX_OPERATORS.keys())}.
`;
}
