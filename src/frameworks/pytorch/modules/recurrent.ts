import { withSizes } from "../../../interpret/sizes.js";
import type { ClassValue } from "../../../interpret/values.js";
import type { Args } from "../core/args.js";
import { parameter, parameterIf } from "../core/tensor.js";
import {
  embedding,
  embeddingBag,
  GATES,
  multiheadAttention,
  type Recurrent,
  recurrent,
  recurrentCell,
  recurrentWeights,
} from "../operations/recurrent.js";
import { layerClass } from "./layer.js";

const SEQUENCE = "num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False";
const OPTIONS: Readonly<Record<Recurrent, string>> = {
  RNN: `input_size, hidden_size, ${SEQUENCE.replace("bias", "nonlinearity='tanh', bias")}, device=None, dtype=None`,
  LSTM: `input_size, hidden_size, ${SEQUENCE}, proj_size=0, device=None, dtype=None`,
  GRU: `input_size, hidden_size, ${SEQUENCE}, device=None, dtype=None`,
};

const sequence = (kind: Recurrent) =>
  layerClass(`${kind}(${OPTIONS[kind]})`, recurrent(kind), {
    inputs: "forward(input, hx=None)",
    fields: (args) => Object.fromEntries(recurrentWeights(args, kind).map(([name, shape]) => [name, parameter(...shape)])),
  });

const cell = (kind: Recurrent) =>
  layerClass(
    `${kind}Cell(input_size, hidden_size, bias=True, ${kind === "RNN" ? "nonlinearity='tanh', " : ""}device=None, dtype=None)`,
    recurrentCell(kind),
    {
      inputs: "forward(input, hx=None)",
      fields: (args) => {
        const [inputs, hidden] = [args.number("input_size"), args.number("hidden_size")];
        const gates = withSizes([hidden], (size) => GATES[kind] * size);
        const bias = args.flag("bias", true);
        return {
          weight_ih: parameter(gates, inputs),
          weight_hh: parameter(gates, hidden),
          bias_ih: parameterIf(bias, gates),
          bias_hh: parameterIf(bias, gates),
        };
      },
    },
  );

const table = (args: Args) => ({ weight: parameter(args.number("num_embeddings"), args.number("embedding_dim")) });

const attention = layerClass(
  "MultiheadAttention(embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None, dtype=None)",
  multiheadAttention,
  {
    inputs:
      "forward(query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False)",
    fields: (args) => {
      const width = args.number("embed_dim");
      const [keys, values] = [args.number("kdim") ?? width, args.number("vdim") ?? width];
      const three = withSizes([width], (size) => 3 * size);
      const bias = args.flag("bias", true);
      const isOne = keys === width && values === width;
      return {
        ...(isOne
          ? { in_proj_weight: parameter(three, width) }
          : { q_proj_weight: parameter(width, width), k_proj_weight: parameter(width, keys), v_proj_weight: parameter(width, values) }),
        in_proj_bias: parameterIf(bias, three),
        "out_proj.weight": parameter(width, width),
        "out_proj.bias": parameterIf(bias, width),
        bias_k: parameterIf(args.flag("add_bias_kv"), 1, 1, width),
        bias_v: parameterIf(args.flag("add_bias_kv"), 1, 1, width),
      };
    },
  },
);

export const RECURRENT: readonly ClassValue[] = [
  ...(["RNN", "LSTM", "GRU"] as const).flatMap((kind) => [sequence(kind), cell(kind)]),
  layerClass(
    "Embedding(num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None)",
    embedding,
    { fields: table },
  ),
  layerClass(
    "EmbeddingBag(num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None)",
    embeddingBag,
    { inputs: "forward(input, offsets=None, per_sample_weights=None)", fields: table },
  ),
  attention,
];
