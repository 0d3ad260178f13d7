import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], environment: "node" } },
      {
        esbuild: { jsx: "automatic", jsxImportSource: "preact" },
        test: { name: "webview", include: ["test/webview/**/*.test.{ts,tsx}"], environment: "happy-dom" },
      },
      { test: { name: "architecture", include: ["test/architecture/**/*.test.ts"], environment: "node", testTimeout: 60_000 } },
      {
        test: { name: "engine", include: ["test/engine/**/*.test.ts"], environment: "node", testTimeout: 120_000, fileParallelism: false },
      },
      {
        test: {
          name: "trainer",
          include: ["test/trainer/**/*.test.ts"],
          environment: "node",
          testTimeout: 120_000,
          fileParallelism: false,
        },
      },
      { test: { name: "conformance", include: ["test/conformance/**/*.test.ts"], environment: "node", testTimeout: 120_000 } },
    ],
  },
});
