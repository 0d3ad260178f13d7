import { type MapName, pixelMap } from "../../src/base/colours.js";
import type { TileSet } from "../../src/protocol/trainingPanel.js";

/** Bytes as a picture of one pixel a byte, for drawing enlarged. Undefined where there is no canvas. */
export function pictureOf(bytes: Uint8Array, width: number, height: number, map: MapName): HTMLCanvasElement | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null || width * height === 0) return undefined;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = pixelMap(map);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colours[bytes[i] ?? 0] ?? 0;
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Where tiles stand on a canvas, in CSS pixels. */
export interface TileLayout {
  readonly columns: number;
  readonly rows: number;
  /** Size of one tile, a whole multiple of its pixels. */
  readonly width: number;
  readonly height: number;
  readonly gap: number;
}

/** Tiles enlarged by a whole number to about `target` pixels, as many a row as fit. */
export function layOut(tiles: TileSet, target: number, gap: number, available: number): TileLayout {
  const scale = Math.max(1, Math.floor(target / Math.max(tiles.width, tiles.height, 1)));
  const width = tiles.width * scale;
  const columns = Math.max(1, Math.min(tiles.count, Math.floor((available + gap) / (width + gap))));
  return { columns, rows: Math.ceil(tiles.count / columns), width, height: tiles.height * scale, gap };
}

/** The upper left corner of a tile. */
export function tileAt(layout: TileLayout, index: number): readonly [x: number, y: number] {
  const row = Math.floor(index / layout.columns);
  return [(index % layout.columns) * (layout.width + layout.gap), row * (layout.height + layout.gap)];
}

/** Draws tiles `from` to below `to`, each with a hairline, so that white ones end somewhere. The context is in CSS pixels. */
export function drawTiles(
  context: CanvasRenderingContext2D,
  tiles: TileSet,
  layout: TileLayout,
  hairline: string,
  from = 0,
  to = tiles.count,
): void {
  const picture = pictureOf(tiles.bytes, tiles.width, tiles.height * tiles.count, "diverging");
  if (picture === undefined) return;
  context.imageSmoothingEnabled = false;
  context.strokeStyle = hairline;
  context.lineWidth = 1;
  for (let i = from; i < to; i++) {
    const [x, y] = tileAt(layout, i);
    context.drawImage(picture, 0, i * tiles.height, tiles.width, tiles.height, x, y, layout.width, layout.height);
    context.strokeRect(x - 0.5, y - 0.5, layout.width + 1, layout.height + 1);
  }
}

/** Makes a canvas `width` x `height` CSS pixels, sharp on this screen, and answers its cleared context. */
export function prepare(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}
