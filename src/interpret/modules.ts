import type { Module } from "../syntax/tree.js";
import type { Library } from "./library.js";
import type { Scope } from "./scope.js";
import type { Semantics } from "./semantics.js";
import type { TensorOperations } from "./tensorOperations.js";
import { type ModuleValue, unknown, type Value } from "./values.js";

/** The files that imports may lead to. */
export interface WorkspaceFiles {
  /** The text of a file, by its path within the workspace with "/"; undefined where there is none. */
  read(path: string): string | undefined;
}

/** Modules by name: files of the workspace first, then libraries. Each file is read once; cycles see what is there so far. */
export class Modules {
  readonly #texts = new Map<string, string | undefined>();
  readonly #files = new Map<string, ModuleValue>();
  readonly #scopes = new Map<ModuleValue, Scope>();
  /** Of the first library with tensors that the program imports. */
  tensors: TensorOperations | undefined;

  constructor(
    readonly semantics: Semantics,
    readonly libraries: readonly Library[],
    readonly workspace: WorkspaceFiles | undefined,
    readonly parse: (file: string, text: string) => Module,
    /** Runs a file's statements; the scope is filled as they run. */
    readonly execute: (file: string, tree: Module, started: (scope: Scope) => void) => void,
  ) {}

  /** Unknown where nobody knows it. */
  find(name: string, level: number, from: string): Value {
    for (const path of this.semantics.modulePaths(name, level, from)) {
      const module = this.#file(path, name);
      if (module) return module;
    }
    // A library may know what its own sources import from files beside them: it is asked with the dots.
    return this.#library(`${".".repeat(level)}${name}`) ?? unknown(`the module ${".".repeat(level)}${name} is not read`);
  }

  /** `from module import name`: a member, or a module below it. */
  member(tree: { readonly module: string; readonly level: number }, name: string, module: Value, from: string): Value {
    const own = module.kind === "module" ? module.get(name) : undefined;
    if (own) return own;
    const below = this.find(tree.module === "" ? name : `${tree.module}.${name}`, tree.level, from);
    return below.kind === "module" ? below : module.kind === "unknown" ? module : unknown(`${tree.module}.${name} is not known`);
  }

  /** The names of a module that is a file of the workspace. */
  scopeOf(module: ModuleValue): Scope | undefined {
    return this.#scopes.get(module);
  }

  /** Whether this is a file of the workspace, whose text is then here. */
  leadsToFile(name: string, level: number, from: string): boolean {
    return this.semantics
      .modulePaths(name, level, from)
      .some((path) => this.#files.get(path) !== undefined || this.#text(path) !== undefined);
  }

  #text(path: string): string | undefined {
    if (this.#texts.has(path)) return this.#texts.get(path);
    const text = this.workspace?.read(path);
    this.#texts.set(path, text);
    return text;
  }

  #file(path: string, name: string): ModuleValue | undefined {
    if (this.#files.has(path)) return this.#files.get(path);
    const text = this.#text(path);
    if (text === undefined) return undefined;
    let scope: Scope | undefined;
    const module: ModuleValue = { kind: "module", name, get: (member) => scope?.member(member) ?? this.#below(path, name, member) };
    this.#files.set(path, module);
    this.execute(path, this.parse(path, text), (started) => {
      scope = started;
      this.#scopes.set(module, started);
    });
    return module;
  }

  /** A package's modules are its members once they have been imported; here they always are. */
  #below(path: string, name: string, member: string): ModuleValue | undefined {
    const folder = /^(.*)\/__init__\.py$/.exec(path)?.[1];
    if (folder === undefined) return undefined;
    return this.#file(`${folder}/${member}.py`, `${name}.${member}`) ?? this.#file(`${folder}/${member}/__init__.py`, `${name}.${member}`);
  }

  #library(name: string): ModuleValue | undefined {
    for (const library of this.libraries) {
      const module = library.module(name) ?? memberModule(library, name);
      if (!module) continue;
      this.tensors ??= library.tensors;
      return module;
    }
    return undefined;
  }
}

/** "a.b" where the library knows b only as a member of a. */
function memberModule(library: Library, name: string): ModuleValue | undefined {
  const dot = name.lastIndexOf(".");
  const outer = dot < 0 ? undefined : (library.module(name.slice(0, dot)) ?? memberModule(library, name.slice(0, dot)));
  const member = outer?.get(name.slice(dot + 1));
  return member?.kind === "module" ? member : undefined;
}
