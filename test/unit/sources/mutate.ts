import type { Dice } from "../../fixtures/fuzz.js";

/** What hands slip on: brackets, operators, numbers that are absurd, and words of the three languages. */
const TOKENS = [
  ..."()[]{},:;.=+-*/@%'\"#\\\n\t".split(""),
  ..."-1 0 1e9 1e999 999999999999 0.5 None null nothing self this lambda -> => ... ** // [0] () for while True".split(" "),
  ..."return if else in def class function end begin import break continue yield await try except".split(" "),
];

/** A text as people leave it while they edit: lines cut, doubled and swapped, characters and words lost, doubled and replaced. */
export function mutate(text: string, roll: Dice): string {
  const rounds = 1 + roll(4);
  let mutated = text;
  for (let i = 0; i < rounds; i++) mutated = MUTATIONS[roll(MUTATIONS.length)]?.(mutated, roll) ?? mutated;
  return mutated;
}

type Mutation = (text: string, roll: Dice) => string;

const MUTATIONS: readonly Mutation[] = [
  lines((all, at) => all.splice(at, 1)),
  lines((all, at, roll) => all.splice(at, 1 + roll(5))),
  lines((all, at, roll) => all.splice(at, 0, ...all.slice(at, at + 1 + roll(5)))),
  lines((all, at, roll) => {
    const other = roll(all.length);
    [all[at], all[other]] = [all[other] ?? "", all[at] ?? ""];
  }),
  lines((all, at, roll) => {
    all[at] = " ".repeat(roll(9)) + (all[at] ?? "").trimStart();
  }),
  characters(() => ""),
  characters((piece) => piece + piece),
  (text, roll) => text.slice(0, roll(text.length)),
  words(() => ""),
  words((word) => `${word} ${word}`),
  words((_, roll) => TOKENS[roll(TOKENS.length)] ?? ""),
  words((word, roll, all) => all[roll(all.length)] ?? word),
];

function lines(change: (all: string[], at: number, roll: Dice) => unknown): Mutation {
  return (text, roll) => {
    const all = text.split("\n");
    change(all, roll(all.length), roll);
    return all.join("\n");
  };
}

function characters(change: (piece: string) => string): Mutation {
  return (text, roll) => {
    const at = roll(text.length + 1);
    const end = at + 1 + roll(roll(2) === 0 ? 1 : 12);
    return text.slice(0, at) + change(text.slice(at, end)) + text.slice(end);
  };
}

/** One word, number or sign becomes another text. */
function words(change: (word: string, roll: Dice, all: readonly string[]) => string): Mutation {
  return (text, roll) => {
    const found = [...text.matchAll(/\w+|[^\w\s]/g)];
    const chosen = found[roll(found.length)];
    if (!chosen) return text;
    const [word] = chosen;
    const all = found.map(([each]) => each);
    return text.slice(0, chosen.index) + change(word, roll, all) + text.slice(chosen.index + word.length);
  };
}
