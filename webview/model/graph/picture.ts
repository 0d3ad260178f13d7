import { sheet } from "../../shared/png.js";
import { Painter } from "./paint.js";
import { readPalette } from "./palette.js";
import type { Scene } from "./scene.js";

/** Longest side of a picture: browsers draw no larger canvas. */
const LONGEST = 15_000;

/** The whole graph, as large as a picture can be. */
export function pictureOfGraph(scene: Scene): HTMLCanvasElement | undefined {
  const zoom = Math.min(1, LONGEST / (devicePixelRatio * Math.max(scene.width, scene.height, 1)));
  const made = sheet(scene.width * zoom, scene.height * zoom, "");
  if (made === undefined) return undefined;
  const sight = { left: 0, top: 0, right: scene.width, bottom: scene.height, zoom };
  new Painter(readPalette()).paint(made.context, scene, sight, {
    selected: undefined,
    pointed: undefined,
    found: undefined,
    problems: new Map(),
  });
  return made.canvas;
}
