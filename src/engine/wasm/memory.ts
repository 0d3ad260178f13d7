import { UserError } from "../../base/userError.js";

const PAGE = 65536;
const MAX_PAGES = 65536;
/** Every tensor starts on a cache line. */
export const ALIGNMENT = 64;

export const align = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** The engine's whole memory. What is reserved stays: variables, tables, and one arena for each plan that found none large enough. */
export class LinearMemory {
  /** The first page holds the kernels' own constants. */
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES });
  readonly #tables = new Map<string, number>();
  #top = PAGE;

  get bytes(): Uint8Array {
    return new Uint8Array(this.memory.buffer);
  }

  /** Room that is zero at first; answers its address. */
  reserve(bytes: number): number {
    const address = this.#top;
    const top = address + align(bytes);
    // Kernels read, but never write, up to a few vectors past the end of a tensor.
    const pages = Math.ceil((top + ALIGNMENT) / PAGE) - this.memory.buffer.byteLength / PAGE;
    if (pages > 0) this.#grow(pages, top);
    this.#top = top;
    return address;
  }

  /** The address of whole numbers that never change; equal ones are held once. */
  table(values: readonly number[]): number {
    const key = values.join();
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const address = this.reserve(values.length * 4);
    new Int32Array(this.memory.buffer, address, values.length).set(values);
    this.#tables.set(key, address);
    return address;
  }

  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, count);
  }

  #grow(pages: number, bytes: number): void {
    try {
      this.memory.grow(pages);
    } catch {
      const gigabytes = (bytes / 2 ** 30).toFixed(1);
      throw new UserError(
        `This network needs ${gigabytes} GB at this batch size, more than the wasm engine can have: use a smaller batchSize.`,
      );
    }
  }
}
