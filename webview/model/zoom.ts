/** Bounds of the graph's zoom; 1 is as large as text elsewhere. */
export const LEAST_ZOOM = 0.05;
export const MOST_ZOOM = 2;
const STEP = 1.25;
const WHEEL = 0.0022;

const within = (zoom: number) => Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));

/** The zoom after a key: `+` larger, `-` smaller, `0` back. Undefined for other keys. */
export function zoomedByKey(key: string, zoom: number): number | undefined {
  switch (key) {
    case "+":
    case "=": // the same key without Shift
      return stepped(zoom, 1);
    case "-":
      return stepped(zoom, -1);
    case "0":
      return 1;
    default:
      return undefined;
  }
}

/** One step nearer or farther, by way of 1. */
export function stepped(zoom: number, by: 1 | -1): number {
  const next = within(zoom * STEP ** by);
  return (zoom < 1 && next > 1) || (zoom > 1 && next < 1) ? 1 : next;
}

/** The zoom after a turn of the wheel, in pixels. */
export function zoomedByWheel(delta: number, zoom: number): number {
  return within(zoom * Math.exp(-WHEEL * delta));
}

/** The zoom at which a drawing fits, never larger than life; of a very long one only the width. */
export function fitting(
  drawing: { readonly width: number; readonly height: number },
  room: { readonly width: number; readonly height: number },
): number {
  const both = Math.min(room.width / drawing.width, room.height / drawing.height, 1);
  return within(both < 0.25 ? Math.min(1, room.width / drawing.width) : both);
}

/** Small enough for a wide drawing to be in sight, as long as its text can be read. */
export function firstZoom(drawing: { readonly width: number }, room: { readonly width: number }): number {
  return room.width === 0 ? 1 : Math.min(1, Math.max(0.6, (room.width - 32) / drawing.width));
}
