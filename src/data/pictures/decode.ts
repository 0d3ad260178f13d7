import { readFile } from "node:fs/promises";
import { decode as decodeBmp } from "bmp-ts";
import { decode as decodeJpeg } from "jpeg-js";
import { PNG } from "pngjs";
import { UserError } from "../../base/userError.js";

/** A picture as files hold it: 4 bytes (red, green, blue, opacity) a pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Larger ones are refused before memory is spent on them. */
const MOST_MEGAPIXELS = 100;

/** Reads a PNG, JPEG or BMP file; its first bytes say which. Throws UserError naming the file. */
export async function readPicture(file: string): Promise<Picture> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} cannot be read (${error.code ?? error.message}).`);
  });
  try {
    if (bytes.readUInt32BE(0) === 0x89504e47) return decodePng(bytes);
    if (bytes.readUInt16BE(0) === 0xffd8) return decodeJpegFile(bytes);
    if (bytes.readUInt16BE(0) === 0x424d) return decodeBmpFile(bytes);
  } catch (error) {
    throw new UserError(`${file} is a damaged picture (${error instanceof Error ? error.message : String(error)}).`);
  }
  throw new UserError(`${file} is not a PNG, JPEG or BMP picture; convert it to one of these.`);
}

function decodePng(bytes: Buffer): Picture {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  checkSize(width, height);
  const { data } = PNG.sync.read(bytes);
  return { width, height, rgba: data };
}

function decodeJpegFile(bytes: Buffer): Picture {
  const { width, height, data } = decodeJpeg(bytes, { useTArray: true, formatAsRGBA: true, maxResolutionInMP: MOST_MEGAPIXELS });
  return { width, height, rgba: data };
}

function decodeBmpFile(bytes: Buffer): Picture {
  checkSize(Math.abs(bytes.readInt32LE(18)), Math.abs(bytes.readInt32LE(22)));
  const { width, height, data } = decodeBmp(bytes);
  // Opacity, blue, green, red a pixel; few programs mean anything by the opacity.
  return { width, height, rgba: Uint8Array.from(data, (_, i) => (i % 4 === 3 ? 255 : (data[i + 3 - 2 * (i % 4)] ?? 0))) };
}

function checkSize(width: number, height: number): void {
  if (width * height > MOST_MEGAPIXELS * 1e6) throw new Error(`${width}x${height} pixels are too many`);
}
