import { withSizes } from "../../../interpret/sizes.js";
import type { Size } from "../../../interpret/tensor.js";
import type { TracedParameter } from "../../../interpret/trace.js";
import { type KerasLayer, layer, REQUIRED, type Signature } from "./layer.js";
import { bias, parameterFormula, weight } from "./parameters.js";

const MULTI_HEAD: Signature = {
  num_heads: REQUIRED,
  key_dim: REQUIRED,
  value_dim: null,
  dropout: 0,
  use_bias: true,
  output_shape: null,
  attention_axes: null,
};

function projection(name: string, kernel: readonly Size[], biased: readonly Size[], used: boolean | undefined): TracedParameter[] {
  const biases = bias(used, undefined, `${name}/bias`).map((parameter) => ({ ...parameter, shape: used ? biased : parameter.shape }));
  return [weight(`${name}/kernel`, kernel), ...biases];
}

/** Inputs: query, value and (as value, where left out) key. */
const multiHeadAttention = layer("MultiHeadAttention", MULTI_HEAD, (args, [query, value, key = value]) => {
  const heads = args.count("num_heads");
  const keySize = args.count("key_dim");
  const valueSize = args.get("value_dim") === null ? keySize : args.count("value_dim");
  const features = query?.at(-1);
  const asked = args.get("output_shape");
  const output: Size = asked === null ? features : typeof asked === "number" ? asked : undefined;
  const used = args.flag("use_bias");
  const parameters = [
    ...projection("query", [features, heads, keySize], [heads, keySize], used),
    ...projection("key", [key?.at(-1), heads, keySize], [heads, keySize], used),
    ...projection("value", [value?.at(-1), heads, valueSize], [heads, valueSize], used),
    ...projection("attention_output", [heads, valueSize, output], [output], used),
  ];
  return {
    outputs: [query && [...query.slice(0, -1), output]],
    parameters,
    reach: "global",
    formulas: () => parameterFormula(parameters),
  };
});

const GROUPED: Signature = { head_dim: REQUIRED, num_query_heads: REQUIRED, num_key_value_heads: REQUIRED, dropout: 0, use_bias: true };

const groupedQueryAttention = layer("GroupQueryAttention", GROUPED, (args, [query, value, key = value]) => {
  const size = args.count("head_dim");
  const heads = args.count("num_query_heads");
  const shared = args.count("num_key_value_heads");
  const used = args.flag("use_bias");
  const features = query?.at(-1);
  const parameters = [
    ...projection("query", [features, heads, size], [heads, size], used),
    ...projection("key", [key?.at(-1), shared, size], [shared, size], used),
    ...projection("value", [value?.at(-1), shared, size], [shared, size], used),
    ...projection("attention_output", [heads, size, features], [features], used),
  ];
  return { outputs: [query], parameters, reach: "global", formulas: () => parameterFormula(parameters) };
});

/** Inputs: query, value and perhaps key; the result has the query's steps and the value's features. */
const attention = layer("Attention", { use_scale: false, score_mode: "dot", dropout: 0 }, (args, [query, value]) => {
  const scales = args.flag("use_scale");
  const parameters = [
    ...(scales === false ? [] : [weight("scale", scales ? [] : [undefined])]),
    ...(args.word("score_mode") === "concat" ? [weight("concat_score_weight", [])] : []),
  ];
  const multiplyAdds = withSizes([query?.[1], value?.[1], query?.at(-1)], (from, to, features) => 2 * from * to * features);
  return { outputs: [query && value && [...query.slice(0, -1), value.at(-1)]], parameters, multiplyAdds, reach: "global" };
});

const additiveAttention = layer("AdditiveAttention", { use_scale: true, dropout: 0 }, (args, [query, value]) => {
  const scales = args.flag("use_scale");
  const parameters = scales === false ? [] : [weight("scale", [scales ? query?.at(-1) : undefined])];
  return { outputs: [query && value && [...query.slice(0, -1), value.at(-1)]], parameters, reach: "global" };
});

export const ATTENTIONS: readonly KerasLayer[] = [multiHeadAttention, groupedQueryAttention, attention, additiveAttention];
