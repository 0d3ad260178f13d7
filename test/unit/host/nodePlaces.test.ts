import { describe, expect, it } from "vitest";
import { type PlacesOfNode, placesOf } from "../../../src/host/models/nodePlaces.js";

const uri = { toString: () => "file:///net.py" };
const elsewhere = { toString: () => "file:///blocks.py" };
type Point = readonly [line: number, character: number];

/** A place as VS Code has it, from one point to another. */
function place([fromLine, from]: Point, [toLine, to]: Point, where = uri): PlacesOfNode[number] {
  const isBefore = (a: Point, b: Point) => a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]);
  const range = {
    start: { line: fromLine, character: from },
    end: { line: toLine, character: to },
    contains: ({ line, character }: { line: number; character: number }) =>
      isBefore([fromLine, from], [line, character]) && isBefore([line, character], [toLine, to]),
  };
  return { uri: where, range } as unknown as PlacesOfNode[number];
}

const at = (line: number, character: number) => ({ line, character }) as Parameters<ReturnType<typeof placesOf>["nodeAt"]>[1];
const here = uri as Parameters<ReturnType<typeof placesOf>["nodeAt"]>[0];

describe("the node at a cursor", () => {
  // x = pool(relu(conv(x))) in line 7, conv made in line 2.
  const conv = [place([2, 10], [2, 30]), place([7, 14], [7, 21])];
  const relu = [place([7, 9], [7, 22])];
  const pool = [place([7, 4], [7, 23])];
  const places = placesOf([conv, relu, pool, []]);

  it("is the innermost around it, where it is made as well as where it is applied", () => {
    expect(places.nodeAt(here, at(2, 12), undefined)).toBe(0);
    expect(places.nodeAt(here, at(7, 16), undefined)).toBe(0);
    expect(places.nodeAt(here, at(7, 10), undefined)).toBe(1);
    expect(places.nodeAt(here, at(7, 5), undefined)).toBe(2);
  });

  it("is the line's first where it is beside them, and none in other lines and documents", () => {
    expect(places.nodeAt(here, at(2, 0), undefined)).toBe(0);
    expect(places.nodeAt(here, at(4, 0), undefined)).toBeUndefined();
    expect(placesOf([[place([2, 0], [2, 9], elsewhere)]]).nodeAt(here, at(2, 3), undefined)).toBeUndefined();
  });

  it("stays the one that is selected where several are made in one place", () => {
    const loop = placesOf([[place([3, 0], [3, 20])], [place([3, 0], [3, 20])], [place([3, 0], [3, 20])]]);
    expect(loop.nodeAt(here, at(3, 5), 1)).toBe(1);
    expect(loop.nodeAt(here, at(3, 5), undefined)).toBe(0);
  });

  it("has its first place as where it is made", () => {
    expect(places.madeAt(0)).toBe(conv[0]);
    expect(places.madeAt(3)).toBeUndefined();
  });
});
