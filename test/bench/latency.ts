import { PANELS } from "../../src/host/ids.js";
import { median, quantile } from "./measure.js";
import { sleep, whileTraining } from "./workbench.js";

const SAMPLES = 300;
const LONGEST_MS = 120_000;
/** The panel opens, draws for the first time and is compiled meanwhile. */
const WARM_UP_MS = 5_000;

/** Milliseconds from a metric's arrival in the extension host until the panel has painted it, as the panel itself measures them. */
export function latency(): Promise<void> {
  return whileTraining(async ({ workbench, engine }) => {
    const frame = await workbench.webview(PANELS.training);
    await sleep(WARM_UP_MS);
    const milliseconds = await frame.evaluate(
      ({ samples, longest }) =>
        new Promise<number[]>((resolve) => {
          const seen: number[] = [];
          const observer = new PerformanceObserver((list) => {
            for (const entry of list.getEntriesByName("metric to screen")) seen.push(entry.duration);
            if (seen.length >= samples) resolve(seen);
          });
          observer.observe({ entryTypes: ["measure"] });
          setTimeout(() => resolve(seen), longest);
        }),
      { samples: SAMPLES, longest: LONGEST_MS },
    );
    console.log(
      `metric to screen, LeNet-5 on ${engine}: 95 % within ${quantile(milliseconds, 0.95).toFixed(0)} ms, half within ${median(milliseconds).toFixed(0)} ms (${milliseconds.length} metrics)`,
    );
    console.log("from its arrival in the extension host on; before that the trainer gathers steps for at most 33 ms");
  });
}
