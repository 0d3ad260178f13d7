import { measureShapes } from "./shapes.js";

/** Reading and inferring a network of a thousand layers, warm. */
export async function shapes(): Promise<void> {
  const { layers, milliseconds } = measureShapes();
  console.log(`${layers} layers read and inferred in ${milliseconds.toFixed(1)} ms (median CPU time)`);
}
