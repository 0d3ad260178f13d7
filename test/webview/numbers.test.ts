import { describe, expect, it } from "vitest";
import { colourOfByte, inkOn, signedByte } from "../../src/base/colours.js";
import { csv, tabSeparated } from "../../webview/shared/csv.js";
import { count, duration, fixed, percent, short } from "../../webview/shared/format.js";
import { Column } from "../../webview/shared/growing.js";
import { layOut, tileAt } from "../../webview/shared/pixels.js";
import { moved } from "../../webview/shared/roving.js";
import { Smoother } from "../../webview/shared/smoothing.js";

describe("numbers as text", () => {
  it.each([
    [fixed(-0.5, 2), "\u22120.50"],
    [fixed(-0.001, 2), "0.00"],
    [fixed(Number.NaN, 2), "NaN"],
    [fixed(Number.NEGATIVE_INFINITY, 2), "\u2212\u221e"],
    [count(61706), "61,706"],
    [count(1234567), "1,234,567"],
    [duration(41.4), "0:41"],
    [duration(3729), "1:02:09"],
    [duration(59.7), "1:00"],
    [percent(0.98841), "98.84"],
    [short(0.00025), "0.00025"],
    [short(0.1 + 0.2), "0.3"],
    [short(1e-7), "1e\u22127"],
    [short(0), "0"],
  ])("%s", (text, expected) => expect(text).toBe(expected));
});

describe("csv", () => {
  it("quotes only what needs it, ends lines with CRLF and leaves missing fields empty", () => {
    expect(
      csv({
        head: ["a", "b, c"],
        rows: [
          [1, 'say "x"'],
          [undefined, -0.5],
        ],
      }),
    ).toBe('a,"b, c"\r\n1,"say ""x"""\r\n,-0.5\r\n');
  });

  it("has a form for sheets, without quotes", () => {
    expect(tabSeparated({ head: ["a", "b, c"], rows: [[1, undefined]] })).toBe("a\tb, c\n1\t");
  });
});

describe("colours", () => {
  it("are symmetric around white", () => {
    expect([signedByte(-1, 1), signedByte(0, 1), signedByte(1, 1), signedByte(9, 1), signedByte(1, 0)]).toEqual([1, 128, 255, 255, 128]);
    expect(Math.min(...colourOfByte("diverging", 128))).toBeGreaterThan(240);
    expect(colourOfByte("diverging", 255)).toEqual([0x67, 0x00, 0x1f]);
    expect(colourOfByte("viridis", 0)).toEqual([0x44, 0x01, 0x54]);
  });

  it("have a readable ink", () => {
    expect([inkOn([255, 255, 255]), inkOn([103, 0, 31]), inkOn([244, 165, 130])]).toEqual(["#000", "#fff", "#000"]);
  });
});

describe("columns", () => {
  it("share their buffer while they grow, and part when two grow from one", () => {
    const base = Column.empty.append([1, 2]);
    const a = base.append([3]);
    const b = base.append([4]);
    expect([[...base.values], [...a.values], [...b.values]]).toEqual([
      [1, 2],
      [1, 2, 3],
      [1, 2, 4],
    ]);
    expect(a.values.buffer).toBe(base.values.buffer);
    expect([...a.take(1).append([9]).values]).toEqual([1, 9]);
    expect(a.at(2)).toBe(3);
  });
});

describe("smoothing", () => {
  it("of a constant is the constant, from the first entry on", () => {
    const smooth = new Smoother(0.9).of(Column.empty.append([3, 3, 3]));
    for (const value of smooth.values) expect(value).toBeCloseTo(3, 12);
  });

  it("is the weighted mean of all before", () => {
    const [a, b, c] = [1, 5, 2];
    const smooth = new Smoother(0.5).of(Column.empty.append([a, b, c]));
    expect(smooth.at(2)).toBeCloseTo((0.125 * a + 0.25 * b + 0.5 * c) / 0.875, 12);
  });

  it("goes on where it was, passes over NaN and begins anew for another column", () => {
    const smoother = new Smoother(0.9);
    const first = Column.empty.append([1, 2]);
    smoother.of(first);
    const longer = first.append([Number.NaN, 4]);
    const whole = new Smoother(0.9).of(longer);
    expect([...smoother.of(longer).values]).toEqual([...whole.values]);
    expect(whole.at(2)).toBe(whole.at(1));
    expect([...smoother.of(Column.empty.append([7])).values]).toEqual([7]);
  });
});

describe("tiles", () => {
  it("are enlarged by whole numbers and wrap", () => {
    const layout = layOut({ width: 5, height: 5, count: 16, bytes: new Uint8Array() }, 44, 6, 200);
    expect(layout).toEqual({ columns: 4, rows: 4, width: 40, height: 40, gap: 6 });
    expect(tileAt(layout, 5)).toEqual([46, 46]);
  });

  it.each([
    ["ArrowRight", 3, 4],
    ["ArrowDown", 3, 7],
    ["ArrowUp", 3, 3],
    ["Home", 3, 0],
    ["End", 3, 9],
    ["a", 3, undefined],
  ])("%s from %i goes to %s", (key, from, to) => expect(moved(key, from, 10, 4)).toBe(to));
});
