import { useLayoutEffect, useRef } from "preact/hooks";
import { fixed } from "./format.js";
import { pictureOf, prepare } from "./pixels.js";

const WIDTH = 96;
const HEIGHT = 8;

/** The scale of signed colours: from -scale over 0 to +scale. */
export function Ramp({ scale }: { readonly scale: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current === null) return;
    const ramp = Uint8Array.from({ length: WIDTH }, (_, i) => 1 + Math.round((254 * i) / (WIDTH - 1)));
    const picture = pictureOf(ramp, WIDTH, 1, "diverging");
    const context = prepare(canvas.current, WIDTH, HEIGHT);
    if (picture !== undefined) context?.drawImage(picture, 0, 0, WIDTH, HEIGHT);
  }, []);
  const decimals = scale < 0.1 ? 3 : 2;
  return (
    <span class="scale num" title="Weights beyond the ends have the end's colour">
      <span>{fixed(-scale, decimals)}</span>
      <canvas ref={canvas} aria-hidden="true" />
      <span>{fixed(scale, decimals)}</span>
    </span>
  );
}
