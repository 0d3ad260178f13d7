import { describe, expect, it } from "vitest";
import { readPython, shown } from "./python.js";

/** With what numpy 1 and Python 3 print, arrays as lists. */
const PROGRAMS: readonly (readonly [code: string, expected: string])[] = [
  ["int(np.prod((3, 4, 5))), np.prod([2, 3])", "(60, 6)"],
  ["int(np.ceil(7 / 2)), int(np.floor(-0.5)), np.sqrt(16.0)", "(4, -1, 4.0)"],
  ["np.cumprod([1, 2, 3]).tolist(), np.cumsum([1, 2, 3])[-1]", "([1, 2, 6], 6)"],
  [
    "(np.array([1, 2]) * 2).tolist(), (np.array([1, 2]) + np.array([3, 4])).tolist(), (1 / np.array([2.0])).tolist()",
    "([2, 4], [4, 6], [0.5])",
  ],
  ["np.array([[1, 2, 3], [4, 5, 6]]).shape, len(np.arange(4)), [int(x) for x in np.linspace(0, 10, 3)]", "((2, 3), 4, [0, 5, 10])"],
  ["list(np.arange(1, 7, 2)), np.array([4, 5, 6])[1:].tolist(), np.sum([1, 2.5])", "([1, 3, 5], [5, 6], 3.5)"],
  ["int(np.round(2.5)), np.log2(8), np.power(2, 10), np.max([1, 5, 2])", "(2, 3.0, 1024, 5)"],
];

describe("numpy", () => {
  for (const [code, expected] of PROGRAMS) {
    it(code, async () => {
      expect(await shown(`import numpy as np\nr = ${code}`, "r")).toBe(expected);
    });
  }

  it("is unknown where it is not computed", async () => {
    const code =
      "import numpy as np\na = np.zeros((2, 3))\nb = np.array([[1, 2], [3, 4]]) @ a\nc = np.array([1, 2]).reshape(2, 1)\nif np.array([1, 2]).any(): d = 1";
    const { failures, value } = await readPython(code);
    expect(failures).toEqual([]);
    expect(["a", "b", "c"].map((name) => value(name)?.kind)).toEqual(["unknown", "unknown", "unknown"]);
  });
});
