import { imageAxes } from "../../program/shapes.js";
import type { Padding } from "../../program/types.js";
import { type Tensor, WIDTH, type Workshop } from "./emit.js";
import { geometryOf, mergeAxes } from "./strides.js";

const FLOAT = WIDTH.float32;
/** Images in the order they are worked on: some at a time, with their padding around them. */
export interface PaddedImages {
  /** Images taken together. */
  readonly perBlock: number;
  /** Bytes from one to the next pixel, row and image. */
  readonly pixelBytes: number;
  readonly rowBytes: number;
  readonly imageBytes: number;
  /** Visits every block with the address of its first padded image. */
  eachBlock(visit: (address: number, firstImage: number, images: number) => void): void;
}

/** How many images to take together so that kernels, which take six pixels at a time, get about as many as wanted. */
export const imagesFor = (pixels: number, pixelsPerImage: number): number => Math.max(1, Math.round(pixels / pixelsPerImage));

/** Images of `x`, padded in a scratch that holds one block at a time; without padding they are read where they are. */
export function paddedImages(workshop: Workshop, x: Tensor, padding: Padding, together: number): PaddedImages {
  const { kernels, table, scratch } = workshop;
  const [n, height, width, channels] = imageAxes(x.shape);
  const [top, bottom, left, right] = padding;
  const perBlock = Math.min(n, together);
  const pixelBytes = channels * FLOAT;
  const rowBytes = (width + left + right) * pixelBytes;
  const imageBytes = (height + top + bottom) * rowBytes;
  const geometry = { perBlock, pixelBytes, rowBytes, imageBytes };
  const blocks = (visit: (firstImage: number, images: number) => void) => {
    for (let first = 0; first < n; first += perBlock) visit(first, Math.min(perBlock, n - first));
  };
  const sourceBytes = height * width * pixelBytes;
  if (Math.max(...padding) === 0)
    return { ...geometry, eachBlock: (visit) => blocks((first, images) => visit(x.address + first * sourceBytes, first, images)) };

  const room = scratch(perBlock * imageBytes);
  const inside = room + top * rowBytes + left * pixelBytes;
  const copies = Array.from({ length: perBlock }, (_, i) => {
    const source = [sourceBytes, width * pixelBytes, FLOAT];
    const axes = mergeAxes([i + 1, height, width * channels], [source, [imageBytes, rowBytes, FLOAT]]);
    return { geometry: table(geometryOf(axes)), axes: axes.length };
  });
  return {
    ...geometry,
    eachBlock: (visit) =>
      blocks((first, images) => {
        const copy = copies[images - 1];
        if (!copy) throw new Error(`No block has ${images} images.`);
        kernels.fill(room, (images * imageBytes) / FLOAT, 0);
        kernels.copyStrided(x.address + first * sourceBytes, inside, copy.geometry, copy.axes, FLOAT);
        visit(room, first, images);
      }),
  };
}
