import { type Argument, maybe, number, optional } from "./arguments.js";
import type { Parameter } from "./kind.js";
import { variant } from "./variant.js";

const share = (norm: string) => optional(number(`Factor of ${norm}.`, { least: 0 }), 0.01);
const l1 = share("the sum of absolute values");
const l2 = share("the sum of squares");

const KINDS = {
  l1: { doc: "l1*sum|w|: pulls weights to zero one by one.", fields: { l1 } },
  l2: { doc: "l2*sum w^2: keeps all weights small.", fields: { l2 } },
  l1l2: { doc: "Both.", fields: { l1, l2 } },
} as const;

type Penalty = NonNullable<Parameter["penalty"]>;

/** A penalty on a layer's weights, none where left out: { "type": "l2", "l2": 0.0001 }, or "l2" for a factor of 0.01. */
export function regularizer(doc: string): Argument<Penalty | undefined> {
  const { read, schema } = variant(doc, KINDS);
  return maybe({
    doc,
    schema,
    read(json) {
      const reading = read(json);
      return reading.ok ? { ok: true, value: { l1: 0, l2: 0, ...reading.value } } : reading;
    },
  });
}

/** The penalty as a parameter carries it. */
export function withPenalty(penalty: Penalty | undefined): { readonly penalty?: Penalty } {
  return penalty ? { penalty: { l1: penalty.l1, l2: penalty.l2 } } : {};
}
