// What `cnn` starts with. Compiling all the rest would take a third of the time of a short command, so what was compiled is kept for this
// user: apart for each command, as each runs other parts.
import path from "node:path";
import { cacheFolder } from "../launch/dataDirectory.js";
import { runCompiled } from "./compiled.js";

const command = process.argv.slice(2).find((word) => /^[a-z]+$/.test(word)) ?? "cnn";
runCompiled(path.join(__dirname, "commands.js"), path.join(cacheFolder(), "cnn-lab", "compiled", command));
