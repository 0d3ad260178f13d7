import { ownAxis, reshaped } from "../../../interpret/channelsFirst.js";
import { step } from "../../../interpret/steps.js";
import { axisIn } from "../call.js";
import { all, type Lowering, onFirst } from "./operands.js";

/** Over any axes but the batch; over the picture, global pooling. */
const reduction = (type: string, pooling?: string): Lowering =>
  onFirst(({ call, input, rank, isImage, output }) => {
    const asked = call.list("axes", 1) ?? input.map((_, axis) => axis);
    const axes = asked.flatMap((axis) => (axis === undefined ? [] : (axisIn(axis, rank) ?? [])));
    const own = axes.flatMap((axis) => ownAxis(axis, rank) ?? []);
    if (own.length < asked.length || own.length === 0) return undefined;
    const kept = input.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const isPicture = isImage && String([...axes].sort()) === "2,3";
    const reduced = pooling && isPicture ? step(pooling, { keepDims: true }) : step(type, { axes: own, keepDims: true });
    return all([reduced], reshaped(kept, output));
  });

export const REDUCTIONS: Readonly<Record<string, Lowering>> = {
  ReduceMean: reduction("reduceMean", "globalAveragePooling2d"),
  ReduceMax: reduction("reduceMax", "globalMaxPooling2d"),
  ReduceSum: reduction("reduceSum"),
};
