#!/usr/bin/env node
import { parseArgs } from "node:util";
import { openWorkbench, runTests, setup } from "./index.mjs";

const USAGE = `usage:
  setup                                              install what is needed (cached)
  test --extension DIR --tests MODULE [--workspace DIR] [--electron]   run a suite in the extension host
  shot --extension DIR [--workspace DIR] [--file F] [--command TITLE] --out PNG   screenshot of the workbench`;

const {
  positionals: [verb],
  values,
} = parseArgs({
  allowPositionals: true,
  options: {
    extension: { type: "string", default: "." },
    tests: { type: "string" },
    workspace: { type: "string" },
    electron: { type: "boolean" },
    file: { type: "string" },
    command: { type: "string", multiple: true },
    out: { type: "string" },
    timeout: { type: "string" },
  },
});

switch (verb) {
  case "setup": {
    const started = performance.now();
    const installation = await setup({ log: console.log });
    console.log(
      `VS Code ${installation.version} and ${installation.chromium} ready in ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
    break;
  }
  case "test": {
    if (!values.tests) throw new Error(USAGE);
    const options = { extensionDevelopmentPath: values.extension, extensionTestsPath: values.tests, workspace: values.workspace };
    process.exitCode = values.electron
      ? await (await import("./electron.mjs")).runTestsInElectron(options)
      : await runTests({ ...options, testTimeout: values.timeout ? Number(values.timeout) : undefined });
    break;
  }
  case "shot": {
    if (!values.out) throw new Error(USAGE);
    const workbench = await openWorkbench({ extensionDevelopmentPath: values.extension, workspace: values.workspace });
    try {
      if (values.file) await workbench.openFile(values.file);
      for (const command of values.command ?? []) await workbench.command(command);
      await workbench.page.waitForTimeout(1500);
      await workbench.screenshot(values.out);
    } finally {
      await workbench.close();
    }
    break;
  }
  default:
    console.error(USAGE);
    process.exitCode = 2;
}
