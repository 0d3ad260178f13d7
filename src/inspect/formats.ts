import type { Framework } from "../frameworks/framework.js";

const NAMES: Readonly<Record<Framework, string>> = {
  pytorch: "PyTorch",
  keras: "Keras",
  tfjs: "TensorFlow.js",
  flux: "Flux",
  onnx: "ONNX",
  safetensors: "safetensors",
  cnn: "CNN Lab",
};

/** What people call a model of a framework: "Keras model", "PyTorch checkpoint", "Flux source". */
export function formatName(framework: Framework, kind: "source" | "model" | "weights"): string {
  if (kind === "weights") return framework === "pytorch" ? "PyTorch checkpoint" : `${NAMES[framework]} weights`;
  return `${NAMES[framework]} ${kind}`;
}
