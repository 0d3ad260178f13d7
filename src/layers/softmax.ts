import { type Argument, isCount, optional } from "./arguments.js";
import { axisAt, wrongAxis } from "./axes.js";
import { defineLayer } from "./defineLayer.js";
import { pointwise } from "./pointwise.js";

/** As TensorFlow.js counts: 0 is the batch, negative numbers count from the end. */
const axis: Argument<number> = {
  doc: "Along which axis: of images 1 height, 2 width, 3 or -1 channels.",
  schema: { type: "integer", not: { const: 0 } },
  read: (json) =>
    typeof json === "number" && isCount(Math.abs(json), 1)
      ? { ok: true, value: json }
      : { ok: false, error: "1 (the first axis behind the batch) and so on, or -1 (the last)" },
};

export const softmax = defineLayer({
  type: "softmax",
  summary: "exp(x) over its sum along an axis: probabilities.",
  arguments: { axis: optional(axis, -1) },
  infer(args, input) {
    if (place(args.axis, input.length) === undefined) return { ok: false, error: wrongAxis("axis", args.axis, input) };
    return { ok: true, value: pointwise(input) };
  },

  lower(args, x, { output }, { builder, activate }) {
    const along = place(args.axis, output.length) ?? 0;
    const last = output.length - 1;
    if (along === last) return activate(x, "softmax");
    const swapped = x.shape.map((_, i) => (i === along + 1 ? last + 1 : i === last + 1 ? along + 1 : i));
    return builder.transpose(builder.softmax(builder.transpose(x, swapped)), swapped);
  },
});

const place = (counted: number, rank: number): number | undefined => axisAt(counted < 0 ? counted : counted - 1, rank);
