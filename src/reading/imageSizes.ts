import type { CallNode } from "../syntax/around.js";
import type { Expression } from "../syntax/tree.js";

/** Height and width. */
export type ImageSize = readonly [number, number];

/** What a name of the file stands for, if that is a known number. */
export type NumberOf = (expression: Expression) => number | undefined;

/** Steps that cut pictures, which come behind those that resize them. */
const CROPS = /^(CenterCrop|RandomCrop|RandomResizedCrop|center_crop)$/;
const RESIZES = /^(Resize|Resizing|resize)$/;
/** Readers of pictures, and the argument that says how large these shall be. */
const READERS: readonly (readonly [reader: RegExp, argument: string])[] = [
  [/^image_dataset_from_directory$/, "image_size"],
  [/^flow_from_(directory|dataframe)$/, "target_size"],
  [/^load_img$/, "target_size"],
];
const GRAY = /^(Grayscale|to_grayscale|rgb_to_grayscale)$/;

/** Sizes that a file gives its pictures before a model gets them, the surest first. */
export function imageSizes(calls: readonly CallNode[], numberOf: NumberOf): ImageSize[] {
  const named = calls.map((call) => ({ call, name: lastName(call) }));
  const steps = (pattern: RegExp) => named.map(({ call, name }) => (pattern.test(name) ? stepSize(call, numberOf) : undefined));
  const read = named.map(({ call, name }) => {
    const argument = READERS.find(([reader]) => reader.test(name))?.[1];
    const value = argument === undefined ? undefined : argumentNamed(call, argument);
    return value && sizeIn(value, numberOf);
  });
  // What is told last is nearest to the model.
  return [...read.reverse(), ...steps(CROPS).reverse(), ...steps(RESIZES).reverse()].filter((size) => size !== undefined);
}

/** Whether a file makes its pictures gray. */
export function makesGray(calls: readonly CallNode[]): boolean {
  return calls.some((call) => {
    const mode = argumentNamed(call, "color_mode");
    return GRAY.test(lastName(call)) || (mode?.kind === "string" && mode.value === "grayscale");
  });
}

function stepSize(call: CallNode, numberOf: NumberOf): ImageSize | undefined {
  const values = call.args.flatMap((argument) => (argument.kind === "positional" ? [argument.value] : []));
  const size = argumentNamed(call, "size") ?? values[0];
  const [height, width] = [size && numberOf(size), values[1] && numberOf(values[1])];
  // Keras' Resizing(180, 180) has them one by one.
  if (height !== undefined && width !== undefined) return [height, width];
  return size && sizeIn(size, numberOf);
}

function sizeIn(value: Expression, numberOf: NumberOf): ImageSize | undefined {
  if (value.kind !== "tuple" && value.kind !== "list") {
    const side = numberOf(value);
    return side === undefined ? undefined : [side, side];
  }
  const [height, width, ...others] = value.items.map((item) => (item.kind === "spread" ? undefined : numberOf(item)));
  return others.length === 0 && height !== undefined && width !== undefined ? [height, width] : undefined;
}

function argumentNamed({ args }: CallNode, name: string): Expression | undefined {
  const found = args.find((argument) => argument.kind === "named" && argument.name === name);
  return found?.kind === "named" ? found.value : undefined;
}

/** "flow_from_directory", whatever it is a method of. */
function lastName({ callee }: CallNode): string {
  return callee.kind === "name" || callee.kind === "attribute" ? callee.name : "";
}
