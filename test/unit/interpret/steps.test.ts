import { expect, it } from "vitest";
import { takenFrom } from "../../../src/interpret/channelsFirst.js";
import { activation, clamped, step } from "../../../src/interpret/steps.js";

it("a limit that no number reaches cuts nothing", () => {
  const upTo6 = [step("rescaling", { scale: -1, offset: 6 }), activation("relu"), step("rescaling", { scale: -1, offset: 6 })];
  expect(clamped(undefined, 6)).toEqual(upTo6);
  expect(clamped(-3.4028234663852886e38, 6)).toEqual(upTo6);
  expect(clamped(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual([]);
});

it("nothing is said of what would leave nothing", () => {
  expect(clamped(2, 2)).toBeUndefined();
  expect(takenFrom([1, 8, 4, 4], [{ axis: 1, start: 3, end: 3 }], [1, 0, 4, 4])).toBeUndefined();
});

it("parts of several axes are slices of the catalogue's own axes", () => {
  const takings = [
    { axis: 1, start: 2, end: 6 },
    { axis: 2, start: 0, end: 4 },
    { axis: 3, start: 0, end: 4, step: 2 },
  ];
  expect(takenFrom([1, 8, 4, 4], takings, [1, 4, 4, 2])).toEqual([
    step("slice", { axis: 2, start: 2, end: 6 }),
    step("slice", { axis: 1, start: 0, end: 4, step: 2 }),
  ]);
});
