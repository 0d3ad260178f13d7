// `npm run bench [-- SECTION...]`: every figure of the README, each beside its peer in the same run. Sections are below; all by default.
import os from "node:os";
import { accuracy } from "./accuracy.js";
import { activation } from "./activation.js";
import { command } from "./command.js";
import { latency } from "./latency.js";
import { overhead } from "./overhead.js";
import { panels } from "./panels.js";
import { scrolling } from "./scrolling.js";
import { shapes } from "./shapes.js";
import { start } from "./start.js";
import { steps } from "./steps.js";
import { typing } from "./typing.js";

const SECTIONS: Readonly<Record<string, () => Promise<void>>> = {
  steps,
  accuracy,
  overhead,
  start,
  shapes,
  command,
  activation,
  latency,
  typing,
  panels,
  scrolling,
};

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in SECTIONS));
  if (unknown.length > 0) throw new Error(`No section named ${unknown.join(", ")}; there are ${Object.keys(SECTIONS).join(", ")}.`);
  const [cpu] = os.cpus();
  console.log(
    `${cpu?.model.trim()}, ${os.availableParallelism()} cores, Node ${process.versions.node}, load ${os.loadavg()[0]?.toFixed(1)} at the start`,
  );
  for (const [name, section] of Object.entries(SECTIONS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n## ${name} (npm run bench -- ${name})`);
    await section();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
