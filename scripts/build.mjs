// `npm run build`, and what F5 does first: dependencies when they are missing, then the bundles.
import { build, installDependencies } from "./setup.mjs";

await installDependencies();
await build();
