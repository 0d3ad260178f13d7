import type { CatalogueStep, WeightSource } from "./trace.js";
import type { Value } from "./values.js";

export type Steps = readonly CatalogueStep[];

export function step(type: string, args: CatalogueStep["args"] = {}, weights?: Readonly<Record<string, WeightSource>>): CatalogueStep {
  return { type, args, ...(weights && { weights }) };
}

export const activation = (name: string): CatalogueStep => step("activation", { activation: name });

/** Scaled and shifted by numbers that are known; nothing for 1 and 0. */
export function rescaled(scale: number, offset: number): Steps {
  return scale === 1 && offset === 0 ? [] : [step("rescaling", { scale, offset })];
}

/** Arithmetic as the catalogue's merges are called. */
export type Operation = "add" | "subtract" | "multiply" | "divide" | "maximum" | "minimum" | "power";

/** A tensor and a number behind the operator. */
export function byNumber(operation: Operation, number: number): Steps | undefined {
  switch (operation) {
    case "add":
      return rescaled(1, number);
    case "subtract":
      return rescaled(1, -number);
    case "multiply":
      return rescaled(number, 0);
    case "divide":
      return number === 0 ? undefined : rescaled(1 / number, 0);
    case "power":
      return number === 1 ? [] : [step("power", { exponent: number })];
    case "maximum":
      return clamped(number, undefined);
    case "minimum":
      return clamped(undefined, number);
  }
}

/** A number in front of the operator, and a tensor. */
export function fromNumber(operation: Operation, number: number): Steps | undefined {
  if (operation === "subtract") return rescaled(-1, number);
  if (operation === "divide") return [step("power", { exponent: -1 }), ...rescaled(number, 0)];
  return operation === "power" ? undefined : byNumber(operation, number);
}

/** A tensor and itself. */
export function doubled(operation: Operation): Steps | undefined {
  if (operation === "add") return rescaled(2, 0);
  if (operation === "multiply") return [step("power", { exponent: 2 })];
  return operation === "maximum" || operation === "minimum" ? [] : undefined;
}

/** Two tensors of the same rank, or a tensor and a number. Undefined for what the catalogue does not have. */
export function arithmetic(operation: Operation, first: Value, second: Value): Steps | undefined {
  if (second.kind === "number") return byNumber(operation, second.value);
  if (first.kind === "number") return fromNumber(operation, first.value);
  if (first.kind !== "tensor" || second.kind !== "tensor") return undefined;
  if (first.tensor === second.tensor) return doubled(operation);
  const isAlike = first.tensor.shape?.length === second.tensor.shape?.length;
  return isAlike && operation !== "power" ? [step(operation)] : undefined;
}

/** What files write for no limit where they have no infinity: about the largest float32. */
const LARGEST = 3e38;

/** Cut off below and above; undefined, or a number beyond all others, for no end there. Undefined where nothing would be left. */
export function clamped(least: number | undefined, most: number | undefined): Steps | undefined {
  const low = least !== undefined && least > -LARGEST ? least : undefined;
  const high = most !== undefined && most < LARGEST ? most : undefined;
  if (low === undefined || high === undefined) {
    const [end, sign] = low === undefined ? [high, -1] : [low, 1];
    return end === undefined ? [] : [...rescaled(sign, -sign * end), activation("relu"), ...rescaled(sign, end)];
  }
  if (low === -1 && high === 1) return [activation("hardTanh")];
  if (high <= low) return undefined;
  const scale = 6 / (high - low);
  return [...rescaled(scale, -low * scale), activation("relu6"), ...rescaled(1 / scale, low)];
}

/** Numbers along height and width; of a sequence, which is an image of one column, that of the column is put behind. */
export const alongBoth = <T>(sizes: readonly T[], column: T): readonly T[] => (sizes.length === 1 ? [...sizes, column] : sizes);
