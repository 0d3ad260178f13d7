import type { LayerPicture, TileSet } from "../../src/protocol/trainingPanel.js";
import { drawTiles, layOut, pictureOf, prepare } from "./pixels.js";
import { readTheme } from "./theme.js";

const MARGIN = 16;
const TITLE = 24;

/** A canvas with the theme's background and a title, its origin where there is room for `width` x `height` CSS pixels. */
export function sheet(
  width: number,
  height: number,
  title: string,
): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } | undefined {
  const canvas = document.createElement("canvas");
  const context = prepare(canvas, width + 2 * MARGIN, height + 2 * MARGIN + TITLE);
  if (context === null) return undefined;
  const theme = readTheme();
  context.fillStyle = theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = theme.foreground;
  context.font = `600 13px ${theme.ui}`;
  context.fillText(title, MARGIN, MARGIN + 10);
  context.translate(MARGIN, MARGIN + TITLE);
  return { canvas, context };
}

/** Charts one below the other, as they are on the screen. */
export function composeCurves(
  charts: readonly (readonly [title: string, canvas: HTMLCanvasElement])[],
  title: string,
): HTMLCanvasElement | undefined {
  const size = (canvas: HTMLCanvasElement) => [canvas.width / devicePixelRatio, canvas.height / devicePixelRatio] as const;
  const width = Math.max(...charts.map(([, canvas]) => size(canvas)[0]), 0);
  const height = charts.reduce((sum, [, canvas]) => sum + size(canvas)[1] + TITLE, 0);
  const made = sheet(width, height, title);
  if (made === undefined) return undefined;
  let y = 0;
  for (const [name, canvas] of charts) {
    const [w, h] = size(canvas);
    made.context.fillText(name, 0, y + 12);
    made.context.drawImage(canvas, 0, y + TITLE, w, h);
    y += h + TITLE;
  }
  return made.canvas;
}

/** The selected layer's kernels, eight pixels a weight or more. */
export function composeTiles(picture: LayerPicture): HTMLCanvasElement | undefined {
  const tiles = picture.detail?.tiles;
  if (tiles === undefined) return undefined;
  const title = `${picture.layer}, step ${picture.step}, \u00b1${picture.scale}`;
  if (tiles.count === 1) {
    const scale = Math.max(1, Math.floor(800 / tiles.width));
    const made = sheet(tiles.width * scale, tiles.height * scale, title);
    const map = pictureOf(tiles.bytes, tiles.width, tiles.height, "diverging");
    if (made === undefined || map === undefined) return undefined;
    made.context.imageSmoothingEnabled = false;
    made.context.drawImage(map, 0, 0, tiles.width * scale, tiles.height * scale);
    return made.canvas;
  }
  return sheetOfTiles(tiles, title);
}

/** Tiles of about 64 pixels under a title. */
export function sheetOfTiles(tiles: TileSet, title: string): HTMLCanvasElement | undefined {
  const layout = layOut(tiles, 64, 8, 800);
  const made = sheet(layout.columns * (layout.width + 8) - 8, layout.rows * (layout.height + 8) - 8, title);
  if (made === undefined) return undefined;
  drawTiles(made.context, tiles, layout, readTheme().hairline);
  return made.canvas;
}

/** A canvas as the bytes of a PNG file. */
export async function pngOf(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
}
