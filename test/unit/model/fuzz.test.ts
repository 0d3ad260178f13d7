import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Random } from "../../../src/base/random.js";
import { cnnJsonFixes } from "../../../src/model/cnnJson/fix.js";
import { readCnnJson } from "../../../src/model/cnnJson/read.js";
import { inferShapes } from "../../../src/shape/infer.js";
import { hintText, layerFacts, networkFacts } from "../../../src/shape/words.js";

const EXAMPLES = ["lenet5", "convnet", "residual", "glyphs"].map((name) => readFileSync(`examples/${name}.cnn.json`, "utf8"));
const TOKENS = [
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"',
  "null",
  "-1",
  "1e999",
  "0.5",
  "1000000000",
  "true",
  '"same"',
  '"__proto__": {}',
  "//",
  "/*",
  "\\u0000",
];

function mutate(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const until = Math.min(text.length, at + random.below(12));
  const token = TOKENS[random.below(TOKENS.length)] ?? "";
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at) + text.slice(until);
    case 1:
      return text.slice(0, at) + token + text.slice(at);
    case 2:
      return text.slice(0, at) + token + text.slice(until);
    default:
      return text.slice(0, at) + text.slice(at, at + random.below(60)) + text.slice(at);
  }
}

test("whatever is typed, reading and inferring answer: places in the text, finite numbers, no exception", () => {
  const random = new Random({ seed: 3, stream: 0, step: [0, 0] });
  for (let round = 0; round < 600; round++) {
    let text = EXAMPLES[round % EXAMPLES.length] ?? "";
    const mutations = 1 + random.below(8);
    for (let i = 0; i < mutations; i++) text = mutate(text, random);
    const { network, problems } = readCnnJson(text, "fuzz.cnn.json");
    const shapes = inferShapes(network, cnnJsonFixes(text));
    for (const { range, message, fixes } of [...problems, ...shapes.problems]) {
      const places = [range, ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.range))];
      const inside = places.every(({ start, end }) => 0 <= start && start <= end && end <= text.length);
      if (!inside || !/^\S.*[.?]$/s.test(message) || /NaN|undefined|Infinity/.test(message)) expect.fail(`${message}\n${text}`);
    }
    const words = [
      ...networkFacts(shapes),
      ...shapes.layers.flatMap((layer) => [
        hintText(layer, ["shape", "parameters", "multiplyAdds", "receptiveField"]),
        ...layerFacts(layer, network.input?.shape).map((fact) => fact.text),
      ]),
    ];
    if (words.some((word) => /NaN|undefined|Infinity/.test(word ?? ""))) expect.fail(`${words.join("\n")}\n${text}`);
  }
}, 30_000);
