import type { Dice } from "../../fixtures/fuzz.js";

/** A file as transfers and disks damage it: cut off, a block twice or missing, bytes flipped, large numbers written over small ones. */
export function mutate(bytes: Uint8Array, roll: Dice): Uint8Array {
  const at = roll(bytes.length);
  const length = 1 + roll(Math.min(200, bytes.length));
  switch (roll(5)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 3: {
      const copy = Uint8Array.from(bytes);
      for (let i = 0; i <= roll(8); i++) copy[roll(copy.length)] = roll(256);
      return copy;
    }
    default: {
      const copy = Uint8Array.from(bytes);
      copy.fill(roll(2) === 0 ? 0xff : 0x7f, at, at + 1 + roll(9));
      return copy;
    }
  }
}
