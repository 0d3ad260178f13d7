import { describe, expect, test } from "vitest";
import { boolean, choice, count, maybe, number, optional } from "../../../src/layers/arguments.js";
import { readFields } from "../../../src/layers/fields.js";
import { initializer, withFans } from "../../../src/layers/initializer.js";
import { regularizer } from "../../../src/layers/regularizer.js";
import { suggest } from "../../../src/layers/suggest.js";
import { explicitPadding, pair, windowPadding } from "../../../src/layers/windowArguments.js";

describe("reading", () => {
  test.each([
    [count(""), 3, 3],
    [pair(""), 3, [3, 3]],
    [pair(""), [3, 5], [3, 5]],
    [windowPadding(""), "same", "same"],
    [windowPadding(""), 2, [2, 2, 2, 2]],
    [windowPadding(""), [1, 2], [1, 1, 2, 2]],
    [
      explicitPadding(""),
      [
        [1, 2],
        [3, 4],
      ],
      [1, 2, 3, 4],
    ],
    [explicitPadding(""), [1, [3, 4]], [1, 1, 3, 4]],
    [number("", { least: 0, below: 1 }), 0, 0],
    [boolean(""), false, false],
    [choice("", { a: "", b: "" }), "b", "b"],
    [initializer(""), "heNormal", { type: "heNormal" }],
    [initializer(""), { type: "constant", value: 2 }, { type: "constant", value: 2 }],
    [initializer(""), "randomNormal", { type: "randomNormal", mean: 0, stddev: 0.05 }],
    [regularizer(""), { l2: 0.1 }, { l1: 0, l2: 0.1 }],
    [regularizer(""), "l1l2", { l1: 0.01, l2: 0.01 }],
    [regularizer(""), { type: "l2" }, { l1: 0, l2: 0.01 }],
  ])("%# %j", (argument, json, value) => {
    expect(argument.read(json)).toEqual({ ok: true, value });
  });

  test.each([
    [count(""), 0, "a whole number from 1"],
    [count(""), 2.5, "a whole number from 1"],
    [count(""), 1e12, "a whole number from 1"],
    [count("", 0), "3", "a whole number from 0"],
    [pair(""), [3], "a whole number from 1, or [height, width]"],
    [pair(""), [3, 0], "a whole number from 1, or [height, width]"],
    [windowPadding(""), -1, "valid, same, a number, [height, width] or [[top, bottom], [left, right]]"],
    [number("", { least: 0, below: 1 }), 1, "a number from 0, below 1"],
    [number("", { above: 0 }), 0, "a number above 0"],
    [number("", { least: 0, most: 1 }), 2, "a number from 0 to 1"],
    [number(""), Number.NaN, "a number"],
    [boolean(""), 1, "true or false"],
    [choice("", { apple: "", pear: "" }), "aple", "apple or pear"],
  ])("%# %j is not", (argument, json, error) => {
    expect(argument.read(json)).toMatchObject({ ok: false, error });
  });

  test("a misspelt word has a replacement", () => {
    expect(windowPadding("").read("smae")).toMatchObject({ ok: false, replacement: "same" });
  });
});

describe("entries of an object", () => {
  const fields = {
    size: count(""),
    rate: optional(number("", { above: 0 }), 0.5),
    start: optional(initializer(""), "zeros"),
    note: maybe(count("")),
  };

  test("are complete with their defaults", () => {
    expect(readFields(fields, { size: 2 }).values).toEqual({ size: 2, rate: 0.5, start: { type: "zeros" }, note: undefined });
  });

  test("wrong ones with a default keep it; those without leave nothing", () => {
    const wrong = readFields(fields, { size: 2, rate: -1 });
    expect(wrong.values).toMatchObject({ rate: 0.5 });
    expect(wrong.issues).toEqual([{ code: "wrong-value", path: ["rate"], target: "value", message: "rate is -1; use a number above 0" }]);
    expect(readFields(fields, {}).values).toBeUndefined();
    expect(readFields(fields, {}).issues[0]?.message).toBe("needs size, a whole number from 1");
  });

  test("unknown ones are told, with the one that is meant", () => {
    const { issues } = readFields(fields, { size: 2, raet: 1, constructor: 1, inputs: 1 }, ["inputs"]);
    expect(issues.map(({ message, replacement }) => [message, replacement])).toEqual([
      ['has no "raet"; did you mean rate?', "rate"],
      ['has no "constructor"; it knows size, rate, start, note, inputs', undefined],
    ]);
  });

  test("what is wrong further inside has its path", () => {
    const { issues } = readFields(fields, { size: 2, start: { type: "constant", valeu: 3 } });
    expect(issues.map(({ path, message }) => [path.join("."), message])).toEqual([
      ["start.valeu", 'has no "valeu"; did you mean value?'],
      ["start", "needs value, a number"],
    ]);
  });
});

test.each([
  ["conv2", ["dense", "conv2d", "concatenate"], "conv2d"],
  ["kernel_size", ["kernelSize", "strides"], "kernelSize"],
  ["Relu", ["relu", "elu"], "relu"],
  ["smae", ["same", "valid"], "same"],
  ["xyz", ["same", "valid"], undefined],
  ["", ["same"], undefined],
])("%s among %j is meant as %s", (word, known, meant) => {
  expect(suggest(word, known)).toBe(meant);
});

test("scaling initializers carry the variance of their papers", () => {
  const variance = (name: string) => {
    const reading = initializer("").read(name);
    const made = reading.ok ? withFans(reading.value, 30, 50) : undefined;
    if (made?.kind !== "varianceScaling") return undefined;
    const fan = { fanIn: made.fanIn, fanOut: made.fanOut, fanAverage: (made.fanIn + made.fanOut) / 2 }[made.mode];
    return made.scale / fan;
  };
  expect(variance("glorotUniform")).toBe(2 / 80);
  expect(variance("heNormal")).toBe(2 / 30);
  expect(variance("leCunUniform")).toBe(1 / 30);
});
