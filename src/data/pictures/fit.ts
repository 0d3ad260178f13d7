import type { Picture } from "./decode.js";
import { type Raster, resize } from "./resize.js";

/** Brightness as the eye sees it (ITU-R BT.601), of red, green and blue. */
const LUMA = [0.299, 0.587, 0.114] as const;

export interface FitOptions {
  /** [height, width, channels] of the network; of one channel, brightness, else red, green and blue. */
  readonly shape: readonly [number, number, number];
  /** Dark on light becomes light on dark, as MNIST and the glyphs are. */
  readonly invert: boolean;
}

/** A picture as bytes a network takes: laid on white where it is transparent, stretched to the network's size. */
export function fitPicture(picture: Picture, { shape, invert }: FitOptions): Uint8Array {
  const [height, width, channels] = shape;
  const { data } = resize(onWhite(picture, channels === 1), width, height);
  return Uint8Array.from(data, (value) => {
    const byte = Math.max(0, Math.min(255, Math.round(value)));
    return invert ? 255 - byte : byte;
  });
}

function onWhite({ width, height, rgba }: Picture, gray: boolean): Raster {
  const channels = gray ? 1 : 3;
  const data = new Float32Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const opacity = (rgba[pixel * 4 + 3] ?? 255) / 255;
    const shown = LUMA.map((_, channel) => (rgba[pixel * 4 + channel] ?? 0) * opacity + 255 * (1 - opacity));
    if (gray) data[pixel] = shown.reduce((sum, value, channel) => sum + value * (LUMA[channel] ?? 0), 0);
    else data.set(shown, pixel * channels);
  }
  return { width, height, channels, data };
}
