// What `cnn` starts with. Compiling all the rest would take a third of the time of a short command, so what was compiled is kept for this
// user: apart for each command and kind of file, as each runs other parts.
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { cacheFolder } from "../launch/dataDirectory.js";
import { runCompiled } from "./compiled.js";

const [command = "", file = ""] = process.argv.slice(2);
const kept = `${/^[a-z]+$/.test(command) ? command : "cnn"}${/\.[a-z]\w*$/i.exec(file)?.[0] ?? ""}`;
// It is over before optimized code would pay, also where a network has thousands of layers: making that took a third of the processor's time.
const BRIEF = ["--no-opt", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];
if (command === "shapes") for (const flag of BRIEF) setFlagsFromString(flag);
runCompiled(path.join(__dirname, "commands.js"), path.join(cacheFolder(), "cnn-lab", "compiled", kept));
