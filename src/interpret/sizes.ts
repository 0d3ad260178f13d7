import type { Size, TensorShape } from "./tensor.js";

/** The result of arithmetic on sizes: unknown as soon as one of them is. */
export function withSizes<const Sizes extends readonly Size[]>(
  sizes: Sizes,
  compute: (...known: { -readonly [Index in keyof Sizes]: number }) => number,
): Size {
  const known = sizes.filter((size) => size !== undefined);
  return known.length === sizes.length ? compute(...(known as unknown as { -readonly [Index in keyof Sizes]: number })) : undefined;
}

/** A length that has to be at least 1; unknown where it cannot be: of windows that are nowhere, or stay where they are, nothing is known. */
export function positive(size: Size): Size {
  return size !== undefined && size < 1 ? undefined : size;
}

/** How many numbers there are; 1 for a scalar. */
export function product(sizes: readonly Size[]): Size {
  let result = 1;
  for (const size of sizes) {
    if (size === undefined) return undefined;
    result *= size;
  }
  return result;
}

export function sum(sizes: readonly Size[]): Size {
  let result = 0;
  for (const size of sizes) {
    if (size === undefined) return undefined;
    result += size;
  }
  return result;
}

/** Whether two sizes may be the same. */
export function mayEqual(a: Size, b: Size): boolean {
  return a === undefined || b === undefined || a === b;
}

/** The better known of two sizes that are the same. */
export function either(a: Size, b: Size): Size {
  return a ?? b;
}

/** Sizes broadcast as NumPy does; undefined where they do not fit. `a` and `b` are whole shapes. */
export function broadcast(a: TensorShape, b: TensorShape): TensorShape | undefined {
  const rank = Math.max(a.length, b.length);
  const result: Size[] = [];
  for (let i = 0; i < rank; i++) {
    const fromEnd = rank - i;
    const left = fromEnd > a.length ? 1 : a[a.length - fromEnd];
    const right = fromEnd > b.length ? 1 : b[b.length - fromEnd];
    if (left === 1) result.push(right);
    else if (right === 1) result.push(left);
    else if (!mayEqual(left, right)) return undefined;
    else result.push(either(left, right));
  }
  return result;
}
