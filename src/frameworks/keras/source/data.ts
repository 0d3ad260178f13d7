import type { TensorShape } from "../../../interpret/tensor.js";
import { type ModuleValue, tuple, unknown, type Value } from "../../../interpret/values.js";
import { tensorValue } from "./tensors.js";

/** Shapes of training and test images and labels, as load_data of keras.datasets gives them. */
const SETS: Readonly<Record<string, readonly TensorShape[]>> = {
  mnist: [[60_000, 28, 28], [60_000], [10_000, 28, 28], [10_000]],
  fashion_mnist: [[60_000, 28, 28], [60_000], [10_000, 28, 28], [10_000]],
  cifar10: [
    [50_000, 32, 32, 3],
    [50_000, 1],
    [10_000, 32, 32, 3],
    [10_000, 1],
  ],
  cifar100: [
    [50_000, 32, 32, 3],
    [50_000, 1],
    [10_000, 32, 32, 3],
    [10_000, 1],
  ],
  imdb: [[25_000], [25_000], [25_000], [25_000]],
  reuters: [[8982], [8982], [2246], [2246]],
  boston_housing: [[404, 13], [404], [102, 13], [102]],
  california_housing: [[16_512, 8], [16_512], [4128, 8], [4128]],
};

export const DATASETS: ModuleValue = { kind: "module", name: "keras.datasets", get: dataset };

export function dataset(name: string): Value | undefined {
  const shapes = SETS[name];
  if (!shapes) return undefined;
  const [trainImages, trainLabels, testImages, testLabels] = shapes.map((shape) =>
    tensorValue(shape, name.includes("mnist") ? "uint8" : "float32"),
  );
  const sets: Value =
    trainImages && trainLabels && testImages && testLabels
      ? tuple([tuple([trainImages, trainLabels]), tuple([testImages, testLabels])])
      : unknown("a data set that is not known");
  return {
    kind: "module",
    name: `keras.datasets.${name}`,
    get: (member) => (member === "load_data" ? { kind: "native", name: `${name}.load_data`, call: () => sets } : undefined),
  };
}
