import { PNG } from "pngjs";
import { type Colour, colourOfByte } from "../../base/colours.js";
import type { LayerWeights } from "../../protocol/trainer.js";
import type { TileSet } from "../../protocol/trainingPanel.js";
import { pictureOf } from "../panels/kernelPictures.js";

/** How large a picture may be, in pixels: it stands beside the receptive field's, in a hover of 250 pixels at most. */
const WIDTH = 380;
const HEIGHT = 66;
/** About how wide a tile is. */
const TILE = 30;
const ROWS = 2;
const GAP = 4;
/** Between the tiles: read on dark and on light, as an image in a hover can't know the theme. */
const BORDER: Colour = [128, 128, 128];

export interface KernelImage {
  /** As the source of an image. */
  readonly uri: string;
  /** "16 filters at input channel 0, ±0.5" */
  readonly text: string;
}

/** A layer's kernels as the panel draws them: filters at the first input channel as tiles, a dense layer as a map. */
export function kernelImage(weights: LayerWeights): KernelImage {
  const { scale, detail, strip } = pictureOf(weights, 0);
  const tiles = detail?.tiles ?? strip;
  const [inputs = 1, outputs = 1] = weights.kernelShape.slice(-2);
  const isMap = weights.kernelShape.length === 2 || weights.kernelShape.slice(0, 2).every((size) => size === 1);
  const shown = isMap ? 1 : Math.min(tiles.count, ROWS * columnsOf(tiles));
  const what = isMap
    ? `${outputs} units down, ${inputs} inputs across`
    : `${shown < outputs ? `the first ${shown} of ` : ""}${outputs} filters${inputs > 1 ? " at input channel 0" : ""}`;
  const image = isMap ? map(tooLarge(tiles) ? strip : tiles) : grid(tiles, shown);
  return { uri: `data:image/png;base64,${PNG.sync.write(image).toString("base64")}`, text: `${what}, \u00b1${scale}` };
}

function tooLarge({ width, height }: TileSet): boolean {
  return width > WIDTH || height > HEIGHT;
}

function map(tiles: TileSet): PNG {
  const across = Math.max(1, Math.floor(WIDTH / tiles.width));
  const down = Math.max(1, Math.floor(HEIGHT / tiles.height));
  const image = new PNG({ width: tiles.width * across + 2, height: tiles.height * down + 2 });
  fill(image, BORDER);
  drawTile(image, tiles, 0, 1, 1, across, down);
  return image;
}

function scaleOf({ width, height }: TileSet): number {
  return Math.max(1, Math.floor(TILE / Math.max(width, height)));
}

/** Tiles a row has room for. */
function columnsOf(tiles: TileSet): number {
  return Math.max(1, Math.floor((WIDTH + GAP) / (tiles.width * scaleOf(tiles) + 2 + GAP)));
}

function grid(tiles: TileSet, shown: number): PNG {
  const scale = scaleOf(tiles);
  const [width, height] = [tiles.width * scale + 2, tiles.height * scale + 2];
  const columns = Math.min(shown, columnsOf(tiles));
  const image = new PNG({ width: columns * (width + GAP) - GAP, height: Math.ceil(shown / columns) * (height + GAP) - GAP });
  for (let tile = 0; tile < shown; tile++) {
    const [left, top] = [(tile % columns) * (width + GAP), Math.floor(tile / columns) * (height + GAP)];
    fill(image, BORDER, left, top, width, height);
    drawTile(image, tiles, tile, left + 1, top + 1, scale, scale);
  }
  return image;
}

function drawTile(image: PNG, tiles: TileSet, tile: number, left: number, top: number, across: number, down: number): void {
  const first = tile * tiles.width * tiles.height;
  for (let y = 0; y < tiles.height; y++) {
    for (let x = 0; x < tiles.width; x++) {
      const colour = colourOfByte("diverging", tiles.bytes[first + y * tiles.width + x] ?? 0);
      fill(image, colour, left + x * across, top + y * down, across, down);
    }
  }
}

function fill({ data, width: row }: PNG, colour: Colour, left = 0, top = 0, width = row, height = data.length / (4 * row)): void {
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) data.set([...colour, 255], 4 * (y * row + x));
  }
}
