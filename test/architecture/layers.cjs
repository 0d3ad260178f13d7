// Who may import whom, for dependency-cruiser. One row a layer: [layers it may use, packages it may use].
// Whatever a row does not list is an error, and so is a folder that has no row.
const PURE = ["src/base", "src/program", "src/layers", "src/model", "src/shape", "src/compile", "src/run", "src/protocol"];
/** Reading models of other frameworks, from the text to a network. */
const READING = ["src/syntax", "src/interpret", "src/frameworks", "src/reading"];
const upTo = (layer) => PURE.slice(0, PURE.indexOf(layer));

const LAYERS = {
  "src/base": [[], []],
  "src/program": [upTo("src/program"), []],
  "src/layers": [upTo("src/layers"), []],
  "src/model": [upTo("src/model"), ["jsonc-parser"]],
  "src/shape": [upTo("src/shape"), []],
  "src/compile": [upTo("src/compile"), []],
  "src/run": [["src/base", "src/program", "src/model"], []],
  "src/protocol": [PURE, []],
  "src/syntax": [["src/base"], ["web-tree-sitter"]],
  "src/interpret": [["src/base", "src/program", "src/layers", "src/syntax"], []],
  "src/frameworks": [["src/base", "src/program", "src/layers", "src/syntax", "src/interpret"], []],
  "src/reading": [[...PURE, "src/syntax", "src/interpret", "src/frameworks"], ["jsonc-parser"]],
  "src/inspect": [[...PURE, ...READING], []],
  "src/sources": [[...PURE, ...READING], ["node"]],
  "src/saved": [
    [...PURE, ...READING],
    ["node", "h5wasm", "fflate", "yauzl"],
  ],
  "src/inspector": [[...PURE, ...READING, "src/inspect", "src/saved"], ["node"]],
  "src/runs": [["src/base", "src/program", "src/model", "src/run"], ["node"]],
  "src/data": [["src/base"], ["node", "pngjs", "jpeg-js", "bmp-ts"]],
  "src/engine": [
    ["src/base", "src/program"],
    ["node", "@tensorflow", "@bufbuild", "yauzl", "kernels.wasm"],
  ],
  "src/launch": [[...PURE, "src/runs"], ["node"]],
  "src/trainer": [[...PURE, "src/saved", "src/runs", "src/data", "src/engine"], ["node"]],
  "src/host": [
    [...PURE, ...READING, "src/inspect", "src/sources", "src/saved", "src/runs", "src/launch", "src/engine/install"],
    ["node", "vscode", "jsonc-parser", "pngjs"],
  ],
  "src/cli": [
    [...PURE, ...READING, "src/sources", "src/saved", "src/runs", "src/launch", "src/data", "src/engine"],
    ["node", "commander", "cli-progress"],
  ],
  "src/extension.ts": [["src/base", "src/host"], ["vscode"]],
  "webview/shared": [PURE, ["uplot", "preact", "@vscode-elements", "@vscode/codicons"]],
  "webview/[^/]+": [
    [...PURE, "webview/shared"],
    ["uplot", "preact", "@vscode-elements", "@vscode/codicons"],
  ], // each panel; never another panel
};

const at = (layer) => `^${layer.endsWith(".ts") ? `${layer.replace(".", "\\.")}$` : `${layer}/`}`;
const rule = (name, from, to) => ({ name, severity: "error", from, to });
const ours = "^(src|webview)/";
/** Entry points: what esbuild.js bundles and VS Code or tests start. */
const ENTRIES = "(^src/extension|/main|/preview)\\.tsx?$|\\.d\\.ts$";

const forbidden = [
  rule("no-cycles", {}, { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } }),
  rule("src-never-imports-test", { path: ours }, { path: "^test/" }),
  rule("nobody-imports-extension", { path: ours }, { path: at("src/extension.ts") }),
  rule("folder-without-a-row", { path: ours, pathNot: Object.keys(LAYERS).map(at) }, {}),
  rule("dead-file", { orphan: true, path: ours, pathNot: ENTRIES }, {}),
  // The catalogue object is the only one who knows layers by name.
  rule(
    "layers-by-catalogue",
    { path: ours, pathNot: "^src/layers/" },
    { path: "^src/layers/(conv2d|dense|dropout|flatten|add|concatenate|.*2d)\\.ts$" },
  ),
];
for (const [layer, [layers, packages]] of Object.entries(LAYERS)) {
  const panel = layer === "webview/[^/]+";
  const from = panel ? { path: "^(webview/[^/]+)/", pathNot: at("webview/shared") } : { path: at(layer) };
  const own = panel ? "^$1/" : at(layer);
  forbidden.push(
    rule(`layer:${layer}`, from, { path: ours, pathNot: [own, ...layers.map(at)] }),
    rule(`package:${layer}`, from, {
      dependencyTypesNot: ["local", "localmodule", ...(packages.includes("node") ? ["core"] : [])],
      pathNot: [ours, "^test/", ...packages.map((name) => (name === "vscode" ? "(^|@types/)vscode(/|$)" : `(^|/)${name}(/|$)`))],
    }),
  );
}

module.exports = { LAYERS, forbidden };
