import { homedir } from "node:os";
import { createTensorflowExecutor } from "../../src/engine/tensorflow/executor.js";
import { describeOperations } from "./describeOperations.js";

const engineDirectory = `${homedir()}/.cache/cnn-lab/engines/tensorflow-2.21.0-linux-x64`;
describeOperations("operations on tensorflow with oneDNN", (program) => createTensorflowExecutor(program, { engineDirectory, threads: 2 }));
