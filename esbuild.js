// Builds everything that runs: `node esbuild.js [--watch] [--production] [--bench]`. Types are checked by `npm run typecheck`.
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const watch = process.argv.includes("--watch");
const production = process.argv.includes("--production");

const alias = {
  // Its main file is UMD, whose requires a bundler does not see.
  "jsonc-parser": "jsonc-parser/lib/esm/main.js",
  // Its ES module asks for its own address, which a bundle has not.
  "web-tree-sitter": path.join(__dirname, "node_modules/web-tree-sitter/web-tree-sitter.cjs"),
};
const node = { platform: "node", format: "cjs", target: "node20", alias };
const browser = {
  platform: "browser",
  format: "iife",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".ttf": "file" },
  assetNames: "webview/[name]",
};

/** What few need and is large has a bundle of its own: `import("../sources/sources.js")`, and the library for HDF5. */
const apart = {
  name: "apart",
  setup: (build) => {
    build.onResolve({ filter: /^h5wasm$/ }, ({ kind }) => (kind === "entry-point" ? undefined : { path: "./h5wasm.js", external: true }));
    build.onResolve({ filter: /\/sources\/sources\.js$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./sources.js", external: true } : undefined,
    );
  },
};
// Of what is imported later, a `require`: Node.js' loader of ES modules is slower to start.
const requires = { supported: { "dynamic-import": false } };

/** One line a bundle: what it is, where it goes. */
const bundles = [
  { ...node, entryPoints: { extension: "src/extension.ts" }, external: ["vscode"], ...requires },
  { ...node, entryPoints: { sources: "src/sources/sources.ts" } },
  { ...node, entryPoints: { h5wasm: "h5wasm" } },
  { ...node, entryPoints: { inspector: "src/inspector/main.ts" }, ...requires },
  { ...node, entryPoints: { trainer: "src/trainer/main.ts" }, external: ["@tensorflow/tfjs-node"] },
  { ...node, entryPoints: { cli: "src/cli/start.ts" }, banner: { js: "#!/usr/bin/env node" } },
  // Half as large, it is compiled in two thirds of the time.
  { ...node, entryPoints: { commands: "src/cli/main.ts" }, external: ["@tensorflow/tfjs-node"], ...requires, minify: true },
  { ...browser, entryPoints: { "webview/training": "webview/training/main.tsx", "webview/model": "webview/model/main.tsx" } },
  // By itself, as icons inside components link to it too.
  { ...browser, entryPoints: { "webview/codicon": "node_modules/@vscode/codicons/dist/codicon.css" } },
];

if (process.argv.includes("--bench")) {
  bundles.push({ ...node, entryPoints: { "bench/main": "test/bench/main.ts", "bench/step": "test/bench/step.ts" } });
}

async function main() {
  const { esbuildKernels } = await import("./scripts/kernels.mjs");
  fs.mkdirSync("dist", { recursive: true });
  (await import("./scripts/grammars.mjs")).copyGrammars(path.join(__dirname, "dist"));
  (await import("./scripts/glyphOutlines.mjs")).writeGlyphOutlines(path.join(__dirname, "dist"));
  for (const bundle of bundles) {
    const options = {
      bundle: true,
      outdir: "dist",
      sourcemap: !production,
      minify: production,
      logLevel: "warning",
      plugins: [esbuildKernels, apart],
      ...bundle,
    };
    if (watch) await (await esbuild.context(options)).watch();
    else await esbuild.build(options);
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
