import { type ClassValue, integer, NONE, type Value } from "../../../interpret/values.js";
import { Args } from "../core/args.js";
import { classOf, method, setField } from "../core/native.js";
import { bind, signature } from "../core/signature.js";
import { Forward, layers } from "./building.js";
import { copied, MODULE } from "./moduleClass.js";

const ENCODER_LAYER =
  "TransformerEncoderLayer(d_model, nhead, dim_feedforward=2048, dropout=0.1, activation='relu', layer_norm_eps=1e-5, batch_first=False, norm_first=False, bias=True, device=None, dtype=None)";

/** nn.TransformerEncoderLayer: attention and two linear layers, each with a shortcut around it. */
const encoderLayer = classOf(
  "TransformerEncoderLayer",
  [MODULE],
  [
    method("__init__", (self, given, call) => {
      const bound = bind(signature(ENCODER_LAYER), given, call);
      const args = new Args((name) => bound.get(name), call);
      const make = layers(call);
      const [width, hidden, heads] = [args.value("d_model"), args.value("dim_feedforward"), args.value("nhead")];
      const drop = () => make("Dropout", [args.value("dropout")]);
      for (const [name, value] of Object.entries({
        batch_first: args.value("batch_first"),
        norm_first: args.value("norm_first"),
        self_attn: make("MultiheadAttention", [width, heads, args.value("dropout")], { batch_first: args.value("batch_first") }),
        linear1: make("Linear", [width, hidden]),
        dropout: drop(),
        linear2: make("Linear", [hidden, width]),
        norm1: make("LayerNorm", [width]),
        norm2: make("LayerNorm", [width]),
        dropout1: drop(),
        dropout2: drop(),
      })) {
        setField(self, name, value, call);
      }
      return NONE;
    }),
    method("forward", (self, { positional: [source = NONE] }, call) => {
      const forward = new Forward(self, call);
      const attend = (x: Value) => {
        const [attended = NONE] = call.interpreter.items(forward.run("self_attn", x, x, x)) ?? [];
        return forward.run("dropout1", attended);
      };
      const feed = (x: Value) =>
        forward.run("dropout2", forward.run("linear2", forward.run("dropout", forward.relu(forward.run("linear1", x)))));
      if (call.interpreter.truth(self.fields.get("norm_first") ?? NONE) === true) {
        const x = forward.add(source, attend(forward.run("norm1", source)));
        return forward.add(x, feed(forward.run("norm2", x)));
      }
      const x = forward.run("norm1", forward.add(source, attend(source)));
      return forward.run("norm2", forward.add(x, feed(x)));
    }),
  ],
);

/** nn.TransformerEncoder: copies of a layer, one after another. */
const encoder = classOf(
  "TransformerEncoder",
  [MODULE],
  [
    method("__init__", (self, given, call) => {
      const bound = bind(signature("TransformerEncoder(encoder_layer, num_layers, norm=None, **kwargs)"), given, call);
      const layer = bound.get("encoder_layer") ?? NONE;
      const count = bound.get("num_layers");
      const copies = layer.kind === "instance" && count?.kind === "number" ? Array.from({ length: count.value }, () => copied(layer)) : [];
      const make = layers(call);
      setField(self, "layers", make("ModuleList", [{ kind: "list", items: copies }]), call);
      setField(self, "num_layers", count ?? integer(0), call);
      setField(self, "norm", bound.get("norm") ?? NONE, call);
      return NONE;
    }),
    method("forward", (self, { positional: [source = NONE] }, call) => {
      const forward = new Forward(self, call);
      const list = self.fields.get("layers");
      const through = (list ? (call.interpreter.items(list) ?? []) : []).reduce(
        (x, layer) => call.interpreter.call(layer, [x], call.place),
        source,
      );
      return self.fields.get("norm")?.kind === "instance" ? forward.run("norm", through) : through;
    }),
  ],
);

export const COMPOSITES: readonly ClassValue[] = [encoderLayer, encoder];
