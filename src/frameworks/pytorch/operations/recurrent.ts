import { product, withSizes } from "../../../interpret/sizes.js";
import type { Size, TensorShape } from "../../../interpret/tensor.js";
import { NONE, tuple } from "../../../interpret/values.js";
import { answer, answers, problem, type Rule, setting } from "../core/answer.js";
import type { Args } from "../core/args.js";

/** Gates of a recurrent unit: how often its weights repeat. */
export const GATES = { RNN: 1, LSTM: 4, GRU: 3 } as const;
export type Recurrent = keyof typeof GATES;

/** RNN, LSTM, GRU over a sequence: (L, N, in) or with batch_first (N, L, in), without batch (L, in). */
export function recurrent(kind: Recurrent): Rule {
  return (args) => {
    const input = args.shape("input");
    const [hidden, layers, projection] = [args.number("hidden_size"), args.number("num_layers"), args.number("proj_size") ?? 0];
    const directions = args.flag("bidirectional") ? 2 : 1;
    const out = projection > 0 ? projection : hidden;
    const batch = input?.length === 3 ? [input[args.flag("batch_first") ? 0 : 1]] : [];
    const states = withSizes([layers], (count) => count * directions);
    const output = input && [...input.slice(0, -1), withSizes([out], (size) => size * directions)];
    const h: TensorShape = [states, ...batch, out];
    const outputs = kind === "LSTM" ? [output, h, [states, ...batch, hidden]] : [output, h];
    const length = input?.[args.flag("batch_first") && input.length === 3 ? 1 : 0];
    const weights = recurrentWeights(args, kind).filter(([name]) => name.startsWith("weight"));
    return answers(outputs, {
      reach: "global",
      multiplyAdds: withSizes(
        [length, ...weights.map(([, shape]) => product(shape))],
        (steps, ...sizes) => steps * sizes.reduce((all, size) => all + size, 0),
      ),
      pack: ([sequence, ...state]) => tuple(sequence ? [sequence, state.length === 1 && state[0] ? state[0] : tuple(state)] : []),
      ...wrongInput(args, input?.at(-1)),
    });
  };
}

function wrongInput(args: Args, size: Size) {
  const expected = args.number("input_size");
  if (expected === undefined || size === undefined || expected === size) return {};
  const message = `input.size(-1) must be equal to input_size. Expected ${expected}, got ${size}`;
  return { problem: problem("wrong-features", message, { argument: "input_size", fixes: [setting("input_size", size)] }) };
}

/** Names and shapes of the weights, layer by layer, as PyTorch keeps them. */
export function recurrentWeights(args: Args, kind: Recurrent): [name: string, shape: readonly Size[]][] {
  const [inputs, hidden, layers, projection] = [
    args.number("input_size"),
    args.number("hidden_size"),
    args.number("num_layers"),
    args.number("proj_size") ?? 0,
  ];
  const directions = args.flag("bidirectional") ? 2 : 1;
  const gates = withSizes([hidden], (size) => GATES[kind] * size);
  const out = projection > 0 ? projection : hidden;
  const found: [string, readonly Size[]][] = [];
  for (let layer = 0; layer < (layers ?? 1); layer++) {
    for (const suffix of directions === 2 ? ["", "_reverse"] : [""]) {
      const from = layer === 0 ? inputs : withSizes([out], (size) => size * directions);
      found.push([`weight_ih_l${layer}${suffix}`, [gates, from]], [`weight_hh_l${layer}${suffix}`, [gates, out]]);
      if (args.flag("bias", true)) found.push([`bias_ih_l${layer}${suffix}`, [gates]], [`bias_hh_l${layer}${suffix}`, [gates]]);
      if (projection > 0) found.push([`weight_hr_l${layer}${suffix}`, [projection, hidden]]);
    }
  }
  return found;
}

/** One step of a recurrent unit. */
export function recurrentCell(kind: Recurrent): Rule {
  return (args) => {
    const input = args.shape("input");
    const hidden = args.number("hidden_size");
    const output = input && [...input.slice(0, -1), hidden];
    const more = { reach: "global" as const, ...wrongInput(args, input?.at(-1)) };
    return kind === "LSTM" ? answers([output, output], more) : answer(output, more);
  };
}

/** An entry of a table for each index. */
export const embedding: Rule = (args) => {
  const input = args.shape("input");
  return answer(input && [...input, args.shape("weight")?.[1]], { dtype: "float32", reach: "pointwise" });
};

/** Sums or means of entries: one row for each bag. */
export const embeddingBag: Rule = (args) => {
  const input = args.shape("input");
  const rows = input?.length === 2 ? input[0] : args.shape("offsets")?.[0];
  return answer(input && [rows, args.shape("weight")?.[1]], { dtype: "float32", reach: "global" });
};

/** MultiheadAttention: what attends, and how much to what. */
export const multiheadAttention: Rule = (args) => {
  const [query, key] = [args.shape("query"), args.shape("key")];
  const first = args.flag("batch_first");
  const [batch, length, source] = first ? [query?.[0], query?.[1], key?.[1]] : [query?.[1], query?.[0], key?.[0]];
  const heads = args.flag("average_attn_weights", true) ? [] : [args.number("num_heads")];
  const weights = query?.length === 2 ? [...heads, query[0], key?.[0]] : [batch, ...heads, length, source];
  const width = args.number("embed_dim");
  const wrong = width !== undefined && query?.at(-1) !== undefined && query.at(-1) !== width;
  const steps = query && product(query.length === 3 ? [length] : [query[0]]);
  const sourced = key && product(key.length === 3 ? [source] : [key[0]]);
  const output = query && [...query.slice(0, -1), width];
  const tells = args.flag("need_weights", true);
  return answers(tells ? [output, weights] : [output], {
    reach: "global",
    ...(!tells && { pack: (results) => tuple([...results, NONE]) }),
    // Projections of query, key, value and the result, then products with keys and values.
    multiplyAdds: withSizes([steps, sourced, width], (q, k, e) => 2 * q * e * e + 2 * k * e * e + 2 * q * k * e),
    ...(wrong && {
      problem: problem("wrong-features", `was expecting embedding dimension of ${width}, but got ${query?.at(-1)}`, {
        argument: "embed_dim",
        fixes: [setting("embed_dim", query?.at(-1))],
      }),
    }),
  });
};

/** F.scaled_dot_product_attention: the query's positions, the value's width. */
export const scaledDotProduct: Rule = (args) => {
  const [query, key, value] = [args.shape("query"), args.shape("key"), args.shape("value")];
  const cost =
    query &&
    key &&
    value &&
    withSizes([product(query.slice(1)), key.at(-2), value.at(-1), query.at(-1)], (q, k, v, e) => (q * k * (e + v)) / e);
  return answer(query && value && [...query.slice(0, -1), value.at(-1)], { reach: "global", multiplyAdds: cost });
};
