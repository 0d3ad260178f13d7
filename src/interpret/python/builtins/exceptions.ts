import { libraryClass } from "../../natives.js";
import { type ClassValue, tuple, type Value } from "../../values.js";
import { instance } from "../special.js";
import { OBJECT } from "../types.js";

const NAMES = `Exception ArithmeticError AssertionError AttributeError BufferError EOFError EnvironmentError FileExistsError FileNotFoundError FloatingPointError
ImportError IndexError IOError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotImplementedError OSError OverflowError
PermissionError RecursionError ReferenceError RuntimeError StopIteration SyntaxError SystemError SystemExit TimeoutError TypeError UnicodeDecodeError
UnboundLocalError ValueError ZeroDivisionError Warning DeprecationWarning FutureWarning UserWarning RuntimeWarning ResourceWarning ImportWarning`;

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

export const EXCEPTION_BUILTINS: readonly (readonly [string, Value])[] = [
  ["BaseException", BASE_EXCEPTION],
  ...NAMES.split(/\s+/).map((name) => [name, libraryClass(name, {}, { bases: [BASE_EXCEPTION] })] as const),
];
