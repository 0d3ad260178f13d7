import { type Argument, choice, maybe, number } from "./arguments.js";
import { isObject, object } from "./fields.js";
import type { Parameter } from "./kind.js";

type Penalty = NonNullable<Parameter["penalty"]>;

/** Factor of a penalty that is asked for by name alone, as in TensorFlow.js layers. */
const USUAL = 0.01;

const norms = choice("Which penalty.", {
  l1: "l1*sum|w|: pulls weights to zero one by one",
  l2: "l2*sum w^2: keeps all weights small",
  l1l2: "both",
});
const factors = object("", {
  type: maybe(norms),
  l1: maybe(number("Factor of the sum of absolute values.", { least: 0 })),
  l2: maybe(number("Factor of the sum of squares.", { least: 0 })),
});

/** A penalty on a layer's weights, none where left out: { "l2": 0.0001 }, or "l2" for a factor of 0.01. */
export function regularizer(doc: string): Argument<Penalty | undefined> {
  return maybe({
    doc,
    schema: {
      ...factors.schema,
      type: ["string", "object"],
      pattern: "^(l1|l2|l1l2)$",
      patternErrorMessage: 'Use l1, l2, l1l2 or an object such as { "l2": 0.0001 }.',
      defaultSnippets: [{ label: "l2", body: { l2: 0.0001 } }],
    },
    read(json) {
      const reading = factors.read(isObject(json) ? json : { type: json });
      if (!reading.ok) return isObject(json) ? reading : { ok: false, error: 'l1, l2, l1l2 or an object such as { "l2": 0.0001 }' };
      const { type, l1, l2 } = reading.value;
      return { ok: true, value: { l1: l1 ?? (type?.includes("l1") ? USUAL : 0), l2: l2 ?? (type?.includes("l2") ? USUAL : 0) } };
    },
  });
}

/** The penalty as a parameter carries it. */
export function withPenalty(penalty: Penalty | undefined): { readonly penalty?: Penalty } {
  return penalty ? { penalty } : {};
}
