// Compiles src/engine/wasm/kernels (AssemblyScript) to WebAssembly for whoever imports "kernels.wasm": a plugin for esbuild and one for vitest.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const sources = path.join(root, "src/engine/wasm/kernels");
const cache = path.join(root, "node_modules/.cache/cnn-lab");
const flags = ["-O3", "--enable", "simd", "--runtime", "stub", "--noAssert", "--importMemory", "--initialMemory", "1"];
// AS112 says that functions on vectors cannot be called from JavaScript: none of them is.
const quiet = ["--disableWarning", "112"];

/** The binary's bytes. Compiling takes seconds, so the answer is kept by a hash of all that goes in. @returns {Promise<Uint8Array>} */
export async function compileKernels() {
  const texts = readdirSync(sources)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => `${name}\n${readFileSync(path.join(sources, name), "utf8")}`);
  const { version } = JSON.parse(readFileSync(path.join(root, "node_modules/assemblyscript/package.json"), "utf8"));
  const key = createHash("sha256")
    .update(JSON.stringify([version, flags, texts]))
    .digest("hex");
  const kept = path.join(cache, `kernels-${key}.wasm`);
  if (existsSync(kept)) return readFileSync(kept);
  const { default: asc } = await import("assemblyscript/asc");
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(
    [path.relative(root, path.join(sources, "index.ts")), "--outFile", "kernels.wasm", ...flags, ...quiet],
    {
      readFile: (name, directory) => {
        const file = path.resolve(root, directory, name);
        return existsSync(file) ? readFileSync(file, "utf8") : null;
      },
      writeFile: (_, contents) => {
        binary = typeof contents === "string" ? Buffer.from(contents) : contents;
      },
      listFiles: () => [],
    },
  );
  const said = stderr.toString();
  if (said) console.error(said);
  if (error || !binary) throw new Error(`The kernels do not compile: ${error?.message ?? "no binary"}`);
  mkdirSync(cache, { recursive: true });
  const temporary = `${kept}.${process.pid}`;
  writeFileSync(temporary, binary);
  renameSync(temporary, kept);
  return binary;
}

/** For esbuild: the bytes become part of the bundle. @type {import("esbuild").Plugin} */
export const esbuildKernels = {
  name: "kernels",
  setup(build) {
    build.onResolve({ filter: /\/kernels\.wasm$/ }, () => ({ path: "kernels.wasm", namespace: "kernels" }));
    build.onLoad({ filter: /.*/, namespace: "kernels" }, async () => ({
      contents: await compileKernels(),
      loader: "binary",
      watchFiles: readdirSync(sources).map((name) => path.join(sources, name)),
    }));
  },
};

/** For vitest, which runs the sources unbundled. */
export const vitestKernels = {
  name: "kernels",
  enforce: /** @type {const} */ ("pre"),
  resolveId: (/** @type {string} */ id) => (id.endsWith("/kernels.wasm") ? "\0kernels" : undefined),
  load: async (/** @type {string} */ id) =>
    id === "\0kernels"
      ? `export default Uint8Array.from(Buffer.from("${Buffer.from(await compileKernels()).toString("base64")}", "base64"));`
      : undefined,
};
