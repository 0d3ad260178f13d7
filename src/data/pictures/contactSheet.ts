import { PNG } from "pngjs";
import type { Dataset, Split } from "../dataset.js";

const GAP = 2;
const BACKGROUND = 48;

/** A PNG of the first pictures of each class, a column a class and `rows` rows. */
export function contactSheet({ shape, classes }: Pick<Dataset, "shape" | "classes">, split: Split, rows: number): Uint8Array {
  const [height, width, channels] = shape;
  const sheet = new PNG({ width: classes.length * (width + GAP) + GAP, height: rows * (height + GAP) + GAP });
  sheet.data.fill(BACKGROUND);
  for (let i = 3; i < sheet.data.length; i += 4) sheet.data[i] = 255;
  const drawn = classes.map(() => 0);
  for (const [index, label] of split.labels.entries()) {
    const row = drawn[label] ?? rows;
    if (row >= rows) continue;
    drawn[label] = row + 1;
    const left = GAP + label * (width + GAP);
    const top = GAP + row * (height + GAP);
    for (let pixel = 0; pixel < height * width; pixel++) {
      const from = (index * height * width + pixel) * channels;
      const to = ((top + Math.floor(pixel / width)) * sheet.width + left + (pixel % width)) * 4;
      for (let color = 0; color < 3; color++) sheet.data[to + color] = split.images[from + (channels < 3 ? 0 : color)] ?? 0;
    }
  }
  return PNG.sync.write(sheet);
}
