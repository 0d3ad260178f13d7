import type { Update } from "../../program/types.js";
import { FLOAT, type Graph, type Output } from "./graph.js";
import { DT } from "./savedModel.js";

/** What an update needs of the graph around it. */
export interface UpdateContext {
  readonly graph: Graph;
  /** The resource of a variable. */
  handle(variable: string): Output;
  /** The variable's value before this call. */
  read(variable: string): Output;
  value(value: { readonly id: number }): Output;
  /** "^node" of what must have run before the variables are touched. */
  readonly after: readonly Output[];
}

const LOCKING = { use_locking: { flag: false } } as const;

/** Writes one update and answers the node that is done when it is. The Apply operations update in place where nobody reads the old values. */
export function lowerUpdate(context: UpdateContext, update: Update): Output {
  const { graph, handle, after } = context;
  const constant = (value: number) => graph.floats([value]);
  const assign = (variable: string, value: Output) =>
    graph.add("AssignVariableOp", [handle(variable), value, ...after], { dtype: { type: DT.float } });
  switch (update.update) {
    case "assign":
      return assign(update.variable, context.value(update.value));
    case "sgd": {
      const inputs = [handle(update.variable), context.value(update.rate), context.value(update.gradient), ...after];
      return graph.add("ResourceApplyGradientDescent", inputs, { ...FLOAT, ...LOCKING });
    }
    case "momentum": {
      const variables = [handle(update.variable), handle(update.accumulator)];
      const values = [context.value(update.rate), context.value(update.gradient), constant(update.momentum)];
      return graph.add("ResourceApplyMomentum", [...variables, ...values, ...after], {
        ...FLOAT,
        ...LOCKING,
        use_nesterov: { flag: update.nesterov },
      });
    }
    case "adam": {
      const decayed = update.decay && [`^${assign(update.variable, decay(context, update.variable, context.value(update.decay)))}`];
      const variables = [handle(update.variable), handle(update.mean), handle(update.square)];
      // The rate comes corrected; powers of zero leave it as it is.
      const rates = [constant(0), constant(0), context.value(update.correctedRate), constant(update.beta1), constant(update.beta2)];
      const inputs = [...variables, ...rates, constant(update.epsilon), context.value(update.gradient), ...after, ...(decayed ?? [])];
      return graph.add("ResourceApplyAdam", inputs, { ...FLOAT, ...LOCKING, use_nesterov: { flag: false } });
    }
    case "rmsprop": {
      const variables = [handle(update.variable), handle(update.square), handle(update.accumulator)];
      const rates = [context.value(update.rate), constant(update.rho), constant(update.momentum), constant(update.epsilon)];
      return graph.add("ResourceApplyRMSProp", [...variables, ...rates, context.value(update.gradient), ...after], {
        ...FLOAT,
        ...LOCKING,
      });
    }
  }
}

/** w * (1 - rate) */
function decay({ graph, read }: UpdateContext, variable: string, rate: Output): Output {
  return graph.add("Mul", [read(variable), graph.add("Sub", [graph.floats([1]), rate], FLOAT)], FLOAT);
}
