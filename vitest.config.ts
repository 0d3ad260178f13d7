import { defineConfig } from "vitest/config";
import { vitestKernels } from "./scripts/kernels.mjs";

/** For what runs engines unbundled. */
const plugins = [vitestKernels];

export default defineConfig({
  test: {
    projects: [
      { plugins, test: { name: "unit", include: ["test/unit/**/*.test.ts"], environment: "node", testTimeout: 60_000 } },
      {
        esbuild: { jsx: "automatic", jsxImportSource: "preact" },
        test: { name: "webview", include: ["test/webview/**/*.test.{ts,tsx}"], environment: "happy-dom", testTimeout: 60_000 },
      },
      { test: { name: "architecture", include: ["test/architecture/**/*.test.ts"], environment: "node", testTimeout: 60_000 } },
      {
        plugins,
        test: { name: "engine", include: ["test/engine/**/*.test.ts"], environment: "node", testTimeout: 120_000, fileParallelism: false },
      },
      {
        plugins,
        test: {
          name: "trainer",
          include: ["test/trainer/**/*.test.ts"],
          environment: "node",
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
      { test: { name: "vscode", include: ["test/vscode/*.test.ts"], environment: "node", testTimeout: 120_000, fileParallelism: false } },
      { plugins, test: { name: "conformance", include: ["test/conformance/**/*.test.ts"], environment: "node", testTimeout: 300_000 } },
    ],
  },
});
