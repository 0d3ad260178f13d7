import type { Update, Value } from "../../program/types.js";
import { at, type Tensor } from "./tensor.js";

/** Where updates read values and change variables in place. */
export interface UpdateContext {
  value(value: Value): Tensor;
  variable(name: string): Float64Array;
}

type Rule<Name extends Update["update"]> = (update: Extract<Update, { update: Name }>, context: UpdateContext) => void;

const scalar = (context: UpdateContext, value: Value): number => at(context.value(value).data, 0);

/** Sets each entry of an array by its old value and index. */
function change(values: Float64Array, fn: (value: number, index: number) => number): void {
  values.set(values.map(fn));
}

const assign: Rule<"assign"> = ({ variable, value }, context) => {
  context.variable(variable).set(context.value(value).data);
};

const sgd: Rule<"sgd"> = ({ variable, rate, gradient }, context) => {
  const step = scalar(context, rate);
  const g = context.value(gradient).data;
  change(context.variable(variable), (w, i) => w - step * at(g, i));
};

const momentum: Rule<"momentum"> = ({ variable, accumulator, rate, gradient, momentum: factor, nesterov }, context) => {
  const step = scalar(context, rate);
  const g = context.value(gradient).data;
  const a = context.variable(accumulator);
  change(a, (value, i) => factor * value + at(g, i));
  change(context.variable(variable), (w, i) => w - step * (nesterov ? at(g, i) + factor * at(a, i) : at(a, i)));
};

const adam: Rule<"adam"> = ({ variable, mean, square, correctedRate, decay, gradient, beta1, beta2, epsilon }, context) => {
  const step = scalar(context, correctedRate);
  const kept = 1 - (decay ? scalar(context, decay) : 0);
  const g = context.value(gradient).data;
  const m = context.variable(mean);
  const v = context.variable(square);
  change(m, (value, i) => value + (1 - beta1) * (at(g, i) - value));
  change(v, (value, i) => value + (1 - beta2) * (at(g, i) ** 2 - value));
  change(context.variable(variable), (w, i) => kept * w - (step * at(m, i)) / (Math.sqrt(at(v, i)) + epsilon));
};

const rmsprop: Rule<"rmsprop"> = ({ variable, square, accumulator, rate, gradient, rho, momentum: factor, epsilon }, context) => {
  const step = scalar(context, rate);
  const g = context.value(gradient).data;
  const s = context.variable(square);
  const a = context.variable(accumulator);
  change(s, (value, i) => rho * value + (1 - rho) * at(g, i) ** 2);
  change(a, (value, i) => factor * value + (step * at(g, i)) / Math.sqrt(at(s, i) + epsilon));
  change(context.variable(variable), (w, i) => w - at(a, i));
};

const rules: { readonly [Name in Update["update"]]: Rule<Name> } = { assign, sgd, momentum, adam, rmsprop };

/** Applies one update by the formulas of program/types.ts. */
export function applyUpdate<Name extends Update["update"]>(update: Extract<Update, { update: Name }>, context: UpdateContext): void {
  (rules[update.update] as Rule<Name>)(update, context);
}
