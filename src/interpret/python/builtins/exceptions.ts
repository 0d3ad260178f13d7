import type { ProgramError } from "../../errors.js";
import { libraryClass } from "../../natives.js";
import { type ClassValue, tuple, type Value } from "../../values.js";
import { isOpen, isSubclass } from "../mro.js";
import { instance } from "../special.js";
import { OBJECT } from "../types.js";

export const BASE_EXCEPTION: ClassValue = libraryClass(
  "BaseException",
  {},
  {
    bases: [OBJECT],
    construct: (cls, { positional }, call) => {
      const made = instance(cls, call);
      made.fields.set("args", tuple(positional));
      return made;
    },
  },
);

/** Classes after what they are kinds of. */
const FAMILIES: readonly (readonly [string, string])[] = [
  ["BaseException", "Exception KeyboardInterrupt SystemExit GeneratorExit"],
  [
    "Exception",
    `ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError ReferenceError RuntimeError
    StopIteration SyntaxError SystemError TypeError ValueError Warning`,
  ],
  ["ArithmeticError", "FloatingPointError OverflowError ZeroDivisionError"],
  ["ImportError", "ModuleNotFoundError"],
  ["LookupError", "IndexError KeyError"],
  ["NameError", "UnboundLocalError"],
  ["OSError", "FileExistsError FileNotFoundError PermissionError TimeoutError"],
  ["RuntimeError", "NotImplementedError RecursionError"],
  ["ValueError", "UnicodeDecodeError"],
  ["Warning", "DeprecationWarning FutureWarning UserWarning RuntimeWarning ResourceWarning ImportWarning"],
];

const CLASSES: ReadonlyMap<string, ClassValue> = FAMILIES.reduce(
  (known, [family, names]) => {
    const base = known.get(family) ?? BASE_EXCEPTION;
    for (const name of names.split(/\s+/)) known.set(name, libraryClass(name, {}, { bases: [base] }));
    return known;
  },
  new Map([["BaseException", BASE_EXCEPTION]]),
);

/** Older names of the same class. */
const SYNONYMS = ["EnvironmentError", "IOError"].map((name) => [name, CLASSES.get("OSError") ?? BASE_EXCEPTION] as const);

export const EXCEPTION_BUILTINS: readonly (readonly [string, Value])[] = [...CLASSES, ...SYNONYMS];

/** Whether `except` with these classes catches an error; what of ours names no class of Python may be any. */
export function catches({ raised, problem }: ProgramError, named: readonly Value[]): boolean | "unknown" {
  const thrown = raised?.kind === "instance" ? raised.class : raised?.kind === "class" ? raised : CLASSES.get(problem.code);
  const answers = named.flatMap((value) => (value.kind === "tuple" ? value.items : value)).map((wanted) => isCaught(thrown, wanted));
  return answers.includes(true) ? true : answers.includes("unknown") ? "unknown" : false;
}

function isCaught(thrown: ClassValue | undefined, wanted: Value): boolean | "unknown" {
  if (!thrown || wanted.kind !== "class") return "unknown";
  return isSubclass(thrown, wanted) || (isOpen(thrown) ? "unknown" : false);
}
