import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { WorkspaceFiles } from "../interpret/modules.js";

/** Larger files are no source that people write. */
const LARGEST = 2_000_000;

/** What marks the folder that a project's imports begin at. */
const PROJECT_FILES = [".git", "pyproject.toml", "setup.py", "package.json", "Project.toml"];

/** Frameworks' own packages: what their files import from all over them is known from tables, as it is to programs that use them. */
const FRAMEWORKS = ["torch", "torchvision", "keras", "tf_keras", "tensorflow"];

/**
 * The folder of the project a file belongs to: the nearest above that looks like one, else the one its package stands in, else its own. Of a
 * framework's own file it is the file's.
 */
export function projectFolder(file: string): string {
  const own = path.dirname(file);
  if (FRAMEWORKS.includes(topPackage(own) ?? "")) return own;
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (PROJECT_FILES.some((name) => existsSync(path.join(folder, name)))) return folder;
    if (folder === path.dirname(folder)) return packageFolder(own);
  }
}

/** The folder that a Python package stands in; where there is no package, the folder itself. */
function packageFolder(folder: string): string {
  return isPackage(folder) ? packageFolder(path.dirname(folder)) : folder;
}

/** The name of the outermost package that a folder belongs to. */
function topPackage(folder: string): string | undefined {
  return isPackage(folder) ? (topPackage(path.dirname(folder)) ?? path.basename(folder)) : undefined;
}

const isPackage = (folder: string): boolean => existsSync(path.join(folder, "__init__.py"));

/** The text files of a folder, for imports. Nothing outside of it is opened, whatever links and dots say. */
export function filesOf(folder: string): WorkspaceFiles {
  let root: string | undefined;
  return {
    read(relative) {
      try {
        const wanted = path.join(folder, relative);
        // Most imports lead to packages that are not here.
        if (!existsSync(wanted)) return undefined;
        root ??= realpathSync(folder);
        const file = realpathSync(wanted);
        if (!file.startsWith(root + path.sep)) return undefined;
        const { size } = statSync(file);
        return size > LARGEST ? undefined : readFileSync(file, "utf8");
      } catch {
        return undefined; // There is no such file.
      }
    },
  };
}
