import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { LayerPicture } from "../../src/protocol/trainingPanel.js";
import { count, fixed, NONE } from "../shared/format.js";
import { useTheme, useWidth } from "../shared/hooks.js";
import { pictureOf, prepare } from "../shared/pixels.js";
import { moved } from "../shared/roving.js";
import type { KernelForm } from "./kernelNumbers.js";
import type { TrackedNumbers } from "./state.js";

interface Place {
  readonly unit: number;
  readonly input: number;
}

interface Props {
  readonly form: Extract<KernelForm, { form: "map" }>;
  readonly detail: NonNullable<LayerPicture["detail"]>;
  readonly numbersOf: (unit: number) => TrackedNumbers | undefined;
  /** 1: as large as fits; a larger map scrolls. */
  readonly zoom: number;
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
  readonly onPoint: (unit: number | undefined) => void;
}

const HEIGHT = 264;

/** All weights of a dense layer, units down, inputs across; the one under the pointer, else the chosen one, is told below. */
export function KernelMap({ form, detail, numbersOf, zoom, place, onPlace, onPoint }: Props) {
  const [host, width] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const [pointed, setPointed] = useState<Place>();
  const { tiles, block } = detail;
  const scaleX = zoom * (width > tiles.width ? Math.floor(width / tiles.width) : width / tiles.width);
  const scaleY = zoom * Math.max(1, Math.floor(HEIGHT / tiles.height));
  useLayoutEffect(() => {
    if (canvas.current === null || width === 0) return;
    const picture = pictureOf(tiles.bytes, tiles.width, tiles.height, "diverging");
    const context = prepare(canvas.current, tiles.width * scaleX, tiles.height * scaleY);
    if (context === null || picture === undefined) return;
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, 0, 0, tiles.width * scaleX, tiles.height * scaleY);
    const x = Math.floor(place.input / block[0]) * scaleX;
    const y = Math.floor(place.unit / block[1]) * scaleY;
    mark(context, x, y, Math.max(scaleX, 3), Math.max(scaleY, 3));
  }, [tiles, width, zoom, place, theme]);

  const under = (event: MouseEvent): Place => ({
    input: Math.min(form.inputs - 1, Math.max(0, Math.floor(event.offsetX / scaleX) * block[0])),
    unit: Math.min(form.outputs - 1, Math.max(0, Math.floor(event.offsetY / scaleY) * block[1])),
  });
  const shown = pointed ?? place;
  const tracked = numbersOf(shown.unit);
  const value = tracked?.now.values[shown.input - tracked.now.first];
  const largest = block[0] * block[1] > 1 ? `; a pixel is the largest of ${block[0]}x${block[1]}` : "";
  return (
    <div ref={host} class="kernel-map">
      <div class="scroller">
        <div
          role="application"
          aria-label={`Weights, ${form.outputs} units down, ${form.inputs} inputs across. Arrow keys move.`}
          tabIndex={0}
          onPointerMove={(event) => {
            const at = under(event);
            setPointed(at);
            onPoint(at.unit);
          }}
          onPointerLeave={() => {
            setPointed(undefined);
            onPoint(undefined);
          }}
          onClick={(event) => onPlace(under(event))}
          onKeyDown={(event) => {
            const to = moved(event.key, place.unit * form.inputs + place.input, form.outputs * form.inputs, form.inputs);
            if (to === undefined) return;
            event.preventDefault();
            onPlace({ unit: Math.floor(to / form.inputs), input: to % form.inputs });
          }}
        >
          <canvas ref={canvas} aria-hidden="true" />
        </div>
      </div>
      <div class="bar small quiet">
        <span>
          {count(form.outputs)} units down, {count(form.inputs)} inputs across{largest}
        </span>
        <span class="push num map-value" role="status" aria-live="off">
          unit {shown.unit}, input {shown.input}: <b>{value === undefined ? NONE : fixed(value, 4)}</b>, bias{" "}
          {tracked?.now.bias === undefined ? NONE : fixed(tracked.now.bias, 4)}
        </span>
      </div>
    </div>
  );
}

/** Two tones, white inside black, for no single colour reads on every map. */
function mark(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  context.lineWidth = 1;
  context.strokeStyle = "#000";
  context.strokeRect(x - 1.5, y - 1.5, width + 3, height + 3);
  context.strokeStyle = "#fff";
  context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
}
