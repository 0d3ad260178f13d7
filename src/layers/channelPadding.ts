import { withAxis } from "../program/shapes.js";
import { count, optional } from "./arguments.js";
import { defineLayer } from "./defineLayer.js";
import { pointwise } from "./pointwise.js";

export const channelPadding = defineLayer({
  type: "channelPadding",
  summary: "Adds channels of zeros, as the shortcuts of small residual networks do (He et al., 2015, option A).",
  arguments: {
    before: optional(count("How many before the first channel.", 0), 0),
    after: optional(count("How many behind the last channel.", 0), 0),
  },

  infer({ before, after }, input) {
    const last = input.length - 1;
    const channels = input[last] ?? 1;
    const total = before + channels + after;
    return {
      ok: true,
      value: {
        ...pointwise(withAxis(input, last, total)),
        formulas: () => [{ label: "channels", expression: `${before} + ${channels} + ${after}`, value: String(total) }],
      },
    };
  },

  lower({ before, after }, x, _shape, { builder }) {
    const axis = x.shape.length - 1;
    const zeros = (channels: number) =>
      channels === 0 ? [] : [builder.broadcastTo(builder.scalar(0), withAxis(x.shape, axis, channels), x)];
    return builder.concat([...zeros(before), x, ...zeros(after)], axis);
  },
});
