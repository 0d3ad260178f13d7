export { runTests } from "./run-tests.mjs";
export { serveWorkbench } from "./serve.mjs";
export { setup } from "./setup.mjs";
export { eventually, hoverText, inlayHints, notifications, runCommand, textPosition, webviewFrame } from "./ui.mjs";
export { openWorkbench, Workbench } from "./workbench.mjs";
