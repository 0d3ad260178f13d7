import type { InterpreterApi } from "../../interpret/values.js";
import { countLayer } from "../keras/layers/automaticNames.js";

/** "kernelSize" as Keras' tables name it: "kernel_size". */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, letter: string) => `${before}_${letter.toLowerCase()}`);
}

/** "kernel_size" as TensorFlow.js names it: "kernelSize". */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Names of arguments in a sentence about Keras, as TensorFlow.js has them. */
export function inTfjsWords(sentence: string): string {
  return sentence.replace(/\b[a-z]+(?:_[a-z]+)+\b/g, camelCase);
}

/** As TensorFlow.js names the next layer of a class without a name: "conv2d_Conv2D1". */
export function automaticName(className: string, interpreter: InterpreterApi): string {
  const stem = `${automaticPrefix(className)}_${className}`;
  return `${stem}${countLayer(interpreter, stem) + 1}`;
}

function automaticPrefix(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z0-9]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
