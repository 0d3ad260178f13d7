import { firstWorking } from "./command.js";

// Programs an installation may need, as this machine calls them; undefined where there is none.

export const findNpm = (): Promise<string | undefined> => firstWorking(["npm"], ["--version"]);

export const findPython = (): Promise<string | undefined> => firstWorking(["python3", "python"], ["-m", "pip", "--version"]);

export function findCompiler(): Promise<string | undefined> {
  const own = process.env["CXX"];
  return firstWorking([...(own ? [own] : []), "c++", "g++", "clang++"], ["--version"]);
}
