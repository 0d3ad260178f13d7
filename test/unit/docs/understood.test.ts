import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { understoodPage } from "../../../scripts/understood.js";

test("docs/understood.md is fresh (else: node scripts/generateDocs.mjs)", () => {
  expect(readFileSync("docs/understood.md", "utf8") === understoodPage()).toBe(true);
});

test("what documentation names is there", () => {
  for (const page of readdirSync("docs")) {
    const text = readFileSync(path.join("docs", page), "utf8");
    for (const [, link = ""] of text.matchAll(/\]\(([^):]+)\)/g)) expect(existsSync(path.join("docs", link)), link).toBe(true);
    for (const [, file = ""] of text.matchAll(/`((?:src|test|scripts)\/[\w/.]+)`/g)) expect(existsSync(file), file).toBe(true);
  }
});
