// `npm run bench [-- SECTION...]`: sets up, then measures. What is measured stands in test/bench/main.ts.
import { build, installDependencies, installEngine, run } from "./setup.mjs";

await installDependencies();
await build(["--production", "--bench"]);
await installEngine();
process.exitCode = await run(process.execPath, ["dist/bench/main.js", ...process.argv.slice(2)]);
