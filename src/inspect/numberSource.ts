/** A tensor whose numbers are read in parts, in row-major order. */
export interface NumberSource {
  readonly shape: readonly number[];
  /** Only asked for what is inside the shape. */
  read(offset: number, count: number): Float32Array | Promise<Float32Array>;
}

export function countOfSource({ shape }: Pick<NumberSource, "shape">): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** All numbers of a source, block after block; `pause` is waited for between them, so that others get their turn. */
export async function forEachBlock(source: NumberSource, pause: () => Promise<void>, use: (block: Float32Array) => void): Promise<void> {
  const count = countOfSource(source);
  for (let offset = 0; offset < count; offset += BLOCK) {
    if (offset > 0) await pause();
    use(await source.read(offset, Math.min(BLOCK, count - offset)));
  }
}

/** Numbers at a time: a few milliseconds' work. */
const BLOCK = 1 << 18;
