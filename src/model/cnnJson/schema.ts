import { type JsonSchema, LARGEST_COUNT } from "../../layers/arguments.js";
import { LARGEST_RANK } from "../../layers/axes.js";
import { LAYERS } from "../../layers/catalogue.js";
import { fieldsSchema } from "../../layers/fields.js";
import { INITIALIZER_DEFINITION } from "../../layers/initializer.js";
import type { LayerKind } from "../../layers/kind.js";
import { onType } from "../../layers/variant.js";
import { TRAINING_ARGUMENTS } from "../trainingArguments.js";
import { NAME_PATTERN } from "./names.js";

/** The JSON schema (draft 7, with VS Code's additions) of `*.cnn.json`: what readCnnJson understands, as far as a schema can say it. */
export function cnnJsonSchema(): JsonSchema {
  const size = { type: "integer", minimum: 1, maximum: LARGEST_COUNT };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "CNN Lab network",
    description: "A convolutional network: the shape of its input, its layers, and how it is trained.",
    allowComments: true,
    allowTrailingCommas: true,
    type: "object",
    required: ["input", "layers"],
    properties: {
      $schema: { type: "string", description: "Where this schema is; editors with CNN Lab know it without." },
      name: { type: "string", pattern: "\\S", description: "Name of the network; the file's name where left out." },
      input: {
        type: "array",
        items: size,
        minItems: 1,
        maxItems: LARGEST_RANK,
        errorMessage: "Use [height, width, channels], such as [28, 28, 1].",
        description:
          "Shape of one image: [height, width, channels]; channels is 1 for gray, 3 for color. Other tensors: all sizes but the batch.",
        examples: [
          [28, 28, 1],
          [32, 32, 3],
        ],
      },
      layers: {
        type: "array",
        minItems: 1,
        description: "The layers in order. Each takes the output of the one above, unless it names its inputs.",
        items: layerSchema(),
      },
      training: {
        type: "object",
        description: "How the network is trained.",
        ...fieldsSchema(TRAINING_ARGUMENTS),
        additionalProperties: false,
      },
    },
    additionalProperties: false,
    definitions: INITIALIZER_DEFINITION,
  };
}

function layerSchema(): JsonSchema {
  const names = { type: "string" };
  const common = {
    type: {
      enum: LAYERS.map((kind) => kind.type),
      enumDescriptions: LAYERS.map((kind) => kind.summary),
    },
    name: {
      type: "string",
      pattern: NAME_PATTERN,
      errorMessage: "Use letters, digits, _, - and dots, a letter first.",
      description: "Name of the layer, for `inputs` of later layers; its type and a number where left out.",
    },
    inputs: {
      type: ["string", "array"],
      items: names,
      minItems: 1,
      description:
        "Names of earlier layers whose outputs this layer takes; `input` is the network's input. The layer above where left out.",
    },
    weightsOf: {
      type: "string",
      description:
        "Name of an earlier layer of the same type whose weights this layer uses: both learn them together, and they count once.",
    },
  };
  return {
    type: "object",
    required: ["type"],
    properties: common,
    defaultSnippets: LAYERS.map(snippet),
    allOf: LAYERS.map((kind) => onType(kind.type, fieldsSchema(kind.arguments, { type: {}, name: {}, inputs: {}, weightsOf: {} }))),
  };
}

/** A whole layer with its required arguments to fill in. */
function snippet(kind: LayerKind): JsonSchema {
  const body: Record<string, unknown> = { type: kind.type };
  let stop = 1;
  for (const [name, { fallback, schema }] of Object.entries(kind.arguments)) {
    if (fallback) continue;
    const [example] = Array.isArray(schema["examples"]) ? (schema["examples"] as readonly unknown[]) : [];
    // A leading ^ makes VS Code insert what follows without quotes.
    body[name] = `^\${${stop++}:${JSON.stringify(example) ?? ""}}`;
  }
  if (kind.inputs === "many") body["inputs"] = [`\${${stop++}}`, `\${${stop++}}`];
  return { label: kind.type, description: kind.summary, body };
}
