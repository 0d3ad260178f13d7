import { useEffect, useState } from "preact/hooks";
import type { FromModelPanel, ModelTensor } from "../../../src/protocol/modelPanel.js";
import type { TensorFacts } from "../state.js";
import { tensorText } from "../text.js";
import { Histogram } from "./histogram.js";
import { KERNELS_AT_ONCE, Kernels } from "./kernels.js";
import { Numbers, PAGE } from "./numbers.js";
import { Statistics } from "./statistics.js";

interface Props {
  readonly index: number;
  readonly tensor: ModelTensor;
  readonly facts: TensorFacts | undefined;
  readonly post: (message: FromModelPanel) => void;
}

/** A key held down passes many nodes: only where it rests is read. */
const REST_MS = 120;

/** One tensor: its statistics and histogram, its kernels as images, and its numbers when they are asked for. */
export function TensorView({ index, tensor, facts, post }: Props) {
  const [numbers, setNumbers] = useState(false);
  const isKernel = tensor.shape.length === 4;
  useEffect(() => {
    if (!tensor.stored || facts?.summary !== undefined || facts?.failure !== undefined) return;
    const timer = setTimeout(() => {
      post({ type: "summary", tensor: index });
      if (isKernel) post({ type: "kernels", tensor: index, first: 0, count: KERNELS_AT_ONCE });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [index, tensor]);
  const { summary, kernels } = facts ?? {};
  return (
    <section class="section tensor" data-menu={`tensor ${index}`} aria-label={`Tensor ${tensor.name}`}>
      <div class="bar">
        <h3 class="wrap" title={tensor.name}>
          {tensor.name}
        </h3>
        <span class="quiet num">
          {tensorText(tensor)} {tensor.dtype}
        </span>
        {tensor.stored && facts?.failure === undefined ? (
          <span class="choice push">
            <button
              type="button"
              aria-pressed={numbers}
              onClick={() => {
                setNumbers(!numbers);
                if (!numbers && facts?.numbers === undefined) post({ type: "numbers", tensor: index, offset: 0, count: PAGE });
              }}
            >
              Numbers
            </button>
          </span>
        ) : null}
      </div>
      {facts?.failure === undefined ? null : (
        <p class="problem error">
          <i class="codicon codicon-error" aria-hidden="true" />
          <span>{facts.failure}</span>
        </p>
      )}
      {summary === undefined ? null : (
        <>
          <Histogram summary={summary} />
          <Statistics summary={summary} />
        </>
      )}
      {kernels === undefined ? null : <Kernels planes={kernels} summary={summary} name={tensor.name} post={post} />}
      {numbers && facts?.numbers !== undefined ? <Numbers numbers={facts.numbers} tensor={tensor} post={post} /> : null}
    </section>
  );
}
