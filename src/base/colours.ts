// Colour maps. They do not change with the theme: a saved picture means the same everywhere.

export type MapName = "viridis" | "diverging" | "gray";
export type Colour = readonly [red: number, green: number, blue: number];

const STOPS: Readonly<Record<MapName, string>> = {
  /** Activations: dark is 0. */
  viridis: "440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725",
  /** Weights: white is 0, red is positive. */
  diverging: "053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fddbc7 f4a582 d6604d b2182b 67001f",
  /** Pictures of the data. */
  gray: "000000 ffffff",
};

const parse = (hex: string): Colour => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;

function interpolate(stops: readonly Colour[], position: number): Colour {
  const at = Math.min(Math.max(position, 0), 1) * (stops.length - 1);
  const index = Math.min(Math.floor(at), stops.length - 2);
  const low = stops[index] ?? [0, 0, 0];
  const high = stops[index + 1] ?? low;
  const mix = (k: 0 | 1 | 2) => Math.round(low[k] + (high[k] - low[k]) * (at - index));
  return [mix(0), mix(1), mix(2)];
}

const maps = new Map<MapName, readonly Colour[]>();

/** 256 colours, first to last. */
export function colourMap(name: MapName): readonly Colour[] {
  let map = maps.get(name);
  if (map === undefined) {
    const stops = STOPS[name].split(" ").map(parse);
    map = Array.from({ length: 256 }, (_, i) => interpolate(stops, i / 255));
    maps.set(name, map);
  }
  return map;
}

/** The byte of a signed value: 1 is -scale, 128 is 0, 255 is +scale; what lies beyond has the end's colour. */
export function signedByte(value: number, scale: number): number {
  const share = scale > 0 ? Math.min(Math.max(value / scale, -1), 1) : 0;
  return 128 + Math.round(127 * share);
}

export function colourOfByte(name: MapName, byte: number): Colour {
  return colourMap(name)[byte] ?? [0, 0, 0];
}

/** Black or white, whichever reads on a colour (by luma, 140 of 255). */
export function inkOn([red, green, blue]: Colour): "#000" | "#fff" {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#000" : "#fff";
}

const words = new Map<MapName, Uint32Array>();

/** The map as pixels for a Uint32Array over an image's data (little-endian RGBA, opaque). */
export function pixelMap(name: MapName): Uint32Array {
  let map = words.get(name);
  if (map === undefined) {
    map = Uint32Array.from(colourMap(name), ([red, green, blue]) => (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0);
    words.set(name, map);
  }
  return map;
}
