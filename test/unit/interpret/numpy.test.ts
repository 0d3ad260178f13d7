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
  [
    "np.round(np.array([0.4, 1.6])).tolist(), np.power(2, np.array([1.0, 3.0])).tolist(), np.divide([6, 4], 2).tolist()",
    "([0.0, 2.0], [2.0, 8.0], [3.0, 2.0])",
  ],
  ["np.array([1.5, 4.0, 2.0]).max() + 1, np.array([[1, 2], [3, 4]]).sum(), np.array([1.7, 2.2]).astype(int).tolist()", "(5.0, 10, [1, 2])"],
  ["np.unique([3, 1, 3, 2]).tolist(), len(np.unique(np.array([8.0, 8.0, 16.0])))", "([1, 2, 3], 2)"],
  [
    "np.random.normal(0, 1, (4, 3)).shape, np.random.randn(2, 5).shape, np.random.uniform(size=7).shape, len(np.zeros((2, 3)))",
    "((4, 3), (2, 5), (7,), 2)",
  ],
  ["[part.tolist() for part in np.unique([24, 56, 24], return_counts=True)]", "[[24, 56], [2, 1]]"],
  ["(2 * np.ones((2, 3)) - 1).shape, np.random.randint(0, 10, 4).ndim", "((2, 3), 1)"],
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
      "import numpy as np\nimport nobody\nn = nobody.n\na = np.zeros((n, 3))\nb = np.array([[1, 2], [3, 4]]) @ a\nc = np.array([1, 2]).reshape(2, 1)\nif np.array([1, 2]).any(): d = 1\nfor e in np.zeros(2): pass";
    const { failures, value } = await readPython(code);
    expect(failures).toEqual([]);
    expect(["a", "b", "c"].map((name) => value(name)?.kind)).toEqual(["unknown", "unknown", "unknown"]);
  });
});
