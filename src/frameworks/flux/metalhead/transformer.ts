import { dropped, indexedArray, permuted, reduced, reshaped } from "../../../interpret/julia/arrays/axes.js";
import { applied } from "../../../interpret/julia/arrays/record.js";
import { boolean, native, notKnown, pair, wholeOf, wholesOf } from "../../../interpret/julia/natives.js";
import { product } from "../../../interpret/sizes.js";
import type { Size } from "../../../interpret/tensor.js";
import { type Call, integer, NONE, type TensorValue, tuple, unknown, type Value } from "../../../interpret/values.js";
import { construct, instanceOf } from "../classes.js";
import { FUNCTIONS } from "../functions.js";
import { type Child, type Leaf, weight } from "../layer.js";
import { PLUS } from "./build.js";
import { IDENTITY } from "./helpers.js";

type Named = ReadonlyMap<string, Value>;

const NO_DROPOUT: Value = { kind: "number", value: 0, float: true };
const ALL: Value = { kind: "slice", start: NONE, stop: NONE, step: NONE };

const dense = (from: Value, to: Value, call: Call, activation = IDENTITY, bias: Value = boolean(true)) =>
  construct("Dense", call, [pair(from, to), activation], { bias });
const dropout = (named: Named, name: string, call: Call) => construct("Dropout", call, [named.get(name) ?? NO_DROPOUT]);
const onArray = (name: string, body: (x: TensorValue, call: Call) => Value) =>
  native(name, ([x], call) => (x?.kind === "tensor" ? body(x, call) : notKnown(name, x ? [x] : [])));

/** Pixels of [width, height, channels, batch] in a row: [channels, pixels, batch]. */
const flattenSpatial = onArray("_flatten_spatial", (x, call) => {
  const [channels, batch] = [x.tensor.shape?.[2], x.tensor.shape?.[3]];
  if (channels === undefined || batch === undefined) return unknown("the image's size is not known");
  const rows = reshaped(x, [ALL, integer(channels), integer(batch)], call);
  return rows.kind === "tensor" ? permuted(rows, tuple([2, 1, 3].map(integer)), call) : rows;
});

/** Of [features, tokens, batch] the class token, which stands first. */
export const CLASS_TOKEN = onArray("getindex", (x, call) => indexedArray(x, [ALL, integer(1), ALL], call));

const secondDimensionMean = onArray("seconddimmean", (x, call) => {
  const mean = reduced("mean", x, integer(2), call);
  return mean.kind === "tensor" ? dropped(mean, [2], call) : mean;
});

/** PatchEmbedding(imsize; inchannels, patch_size, embedplanes, norm_layer, flatten): a convolution that puts each patch into a column. */
function patchEmbedding(_: readonly Value[], call: Call, named: Named): Value {
  const patch = named.get("patch_size") ?? tuple([integer(16), integer(16)]);
  const planes = named.get("embedplanes") ?? integer(768);
  const conv = construct("Conv", call, [patch, pair(named.get("inchannels") ?? integer(3), planes)], { stride: patch });
  const flattens = named.get("flatten");
  const norm = named.get("norm_layer");
  const normalised = norm ? call.interpreter.call(norm, [planes], call.place) : IDENTITY;
  return construct("Chain", call, [conv, flattens?.kind === "boolean" && !flattens.value ? IDENTITY : flattenSpatial, normalised]);
}

/** ClassTokens(planes): one more column of learned numbers in front. */
function classTokens([planes]: readonly Value[], call: Call): Value {
  const leaf: Leaf = {
    kind: "leaf",
    type: "ClassTokens",
    parameters: [weight("token", [wholeOf(planes), 1, 1])],
    infer: ([input]) => {
      const [features, tokens, ...rest] = input ?? [];
      return { output: input && [features, tokens === undefined ? undefined : tokens + 1, ...rest] };
    },
  };
  return instanceOf("Scale", leaf, call);
}

/** ViPosEmbedding(embedsize, npatches): learned numbers are added to each column. */
function positions([features, tokens]: readonly Value[], call: Call): Value {
  const parameters = [weight("vectors", [wholeOf(features), wholeOf(tokens)])];
  const leaf: Leaf = { kind: "leaf", type: "ViPosEmbedding", parameters, infer: ([input]) => ({ output: input }) };
  return instanceOf("Scale", leaf, call);
}

/** MultiHeadSelfAttention(planes, nheads; qkv_bias, attn_dropout_prob, proj_dropout_prob) of [features, tokens, batch]. */
function selfAttention([planes = NONE]: readonly Value[], call: Call, named: Named): Value {
  const threefold = wholeOf(planes);
  if (threefold === undefined) return unknown("how many features are attended to is not known");
  const child = (name: string, value: Value): Child => ({ name, value, place: call.place });
  const queries = dense(planes, integer(3 * threefold), call, IDENTITY, named.get("qkv_bias") ?? boolean(false));
  const projection = construct("Chain", call, [dense(planes, planes, call), dropout(named, "proj_dropout_prob", call)]);
  const children = [child("qkv_layer", queries), child("projection", projection)];
  const forward = ([x = NONE]: readonly Value[], at: Call): Value => {
    const all = at.interpreter.call(queries, [x], at.place);
    return at.interpreter.call(projection, [all.kind === "tensor" ? attended(all, threefold, at) : all], at.place);
  };
  return instanceOf("Chain", { kind: "container", type: "MultiHeadSelfAttention", children, forward }, call);
}

/** Scores of every token with every other, and the values in their proportion. */
function attended({ tensor }: TensorValue, features: number, call: Call): Value {
  const [, tokens, ...batch] = tensor.shape ?? [];
  const shape = tensor.shape && [features, tokens, ...batch];
  const multiplyAdds: Size = product([2, features, tokens, tokens]);
  return applied("dot_product_attention", [tensor], shape, call, { reach: "global", multiplyAdds });
}

/** mlp_block(inplanes, hidden_planes, outplanes; dropout_prob, activation) */
function mlpBlock([from = NONE, hidden = NONE, to = from]: readonly Value[], call: Call, named: Named): Value {
  const drop = () => dropout(named, "dropout_prob", call);
  const activation = named.get("activation") ?? FUNCTIONS.get("gelu") ?? IDENTITY;
  return construct("Chain", call, [dense(from, hidden, call, activation), drop(), dense(hidden, to, call), drop()]);
}

/** prenorm(planes, block; norm_layer): a normalization before a block. */
function prenorm([planes = NONE, block = IDENTITY]: readonly Value[], call: Call, named: Named): Value {
  const norm = named.get("norm_layer");
  const made = norm ? call.interpreter.call(norm, [planes], call.place) : construct("LayerNorm", call, [planes]);
  return construct("Chain", call, [made, block]);
}

/** What Metalhead's vision transformers and mixers are made of. */
export const TRANSFORMER_PARTS: Readonly<Record<string, Value>> = {
  PatchEmbedding: native("PatchEmbedding", patchEmbedding),
  ClassTokens: native("ClassTokens", classTokens),
  ViPosEmbedding: native("ViPosEmbedding", positions),
  MultiHeadSelfAttention: native("MultiHeadSelfAttention", selfAttention),
  mlp_block: native("mlp_block", mlpBlock),
  prenorm: native("prenorm", prenorm),
  seconddimmean: secondDimensionMean,
};

/** Sizes of vision transformers by their names (Dosovitskiy et al., 2021; Zhai et al., 2022). */
const CONFIGURATIONS: Readonly<Record<string, readonly [depth: number, planes: number, heads: number, wider: number]>> = {
  tiny: [12, 192, 3, 4],
  small: [12, 384, 6, 4],
  base: [12, 768, 12, 4],
  large: [24, 1024, 16, 4],
  huge: [32, 1280, 16, 4],
  giant: [40, 1408, 16, 48 / 11],
  gigantic: [48, 1664, 16, 64 / 13],
};

/** ViT(:base; imsize, patch_size, inchannels, nclasses) */
export function visionTransformer([config]: readonly Value[], call: Call, named: Named): Value {
  const [depth, planes, heads, wider] = (config?.kind === "string" && CONFIGURATIONS[config.value]) || [];
  const [image, patch] = ["imsize", "patch_size"].map((name, at) => {
    const given = named.get(name);
    return given ? wholesOf(given) : at === 0 ? [224, 224] : [16, 16];
  });
  if (!depth || !planes || !heads || !wider || !image || !patch) return unknown("this ViT is not known");
  const patches = product(image.map((side, axis) => Math.floor(side / (patch[axis] ?? side)))) ?? 0;
  const chain = (...layers: readonly Value[]) => construct("Chain", call, layers);
  const skip = (block: Value) => construct("SkipConnection", call, [prenorm([width, block], call, new Map()), PLUS]);
  const width = integer(planes);
  const dropped = new Map<string, Value>(
    ["dropout_prob", "attn_dropout_prob", "proj_dropout_prob"].map((name) => [name, { kind: "number", value: 0.1, float: true }]),
  );
  const attention = new Map<string, Value>([...dropped, ["qkv_bias", boolean(true)]]);
  const blocks = Array.from({ length: depth }, () =>
    chain(
      skip(selfAttention([width, integer(heads)], call, attention)),
      skip(mlpBlock([width, integer(Math.floor(wider * planes))], call, dropped)),
    ),
  );
  const embedding = patchEmbedding([], call, new Map([...named, ["embedplanes", width]]));
  const body = [
    embedding,
    classTokens([width], call),
    positions([width, integer(patches + 1)], call),
    dropout(dropped, "dropout_prob", call),
    chain(...blocks),
    CLASS_TOKEN,
  ];
  return chain(chain(...body), chain(construct("LayerNorm", call, [width]), dense(width, named.get("nclasses") ?? integer(1000), call)));
}
