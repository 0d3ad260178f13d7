import { createWasmExecutor } from "../../src/engine/wasm/index.js";
import { describeOperations } from "./describeOperations.js";

describeOperations("operations on wasm", createWasmExecutor);
