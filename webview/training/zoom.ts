/** About how wide a kernel's tile is, in CSS pixels; the first choice is `FITTING`. */
const SIZES = [22, 44, 66, 88, 132, 176];
export const FITTING = 44;

/** The size after a key: `+` larger, `-` smaller, `0` back. Undefined for other keys. */
export function zoomed(key: string, size: number): number | undefined {
  switch (key) {
    case "+":
    case "=": // the same key without Shift
      return SIZES.find((each) => each > size) ?? size;
    case "-":
      return SIZES.filter((each) => each < size).at(-1) ?? size;
    case "0":
      return FITTING;
    default:
      return undefined;
  }
}
