// What `cnn` starts with. Before the rest is loaded, Node.js is told to keep what it compiles, where it can (from 22.1 on).
import module from "node:module";

const keepCompiled: unknown = Reflect.get(module, "enableCompileCache");
if (typeof keepCompiled === "function") keepCompiled();
void import("./main.js");
