import { homedir } from "node:os";
import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

function cacheDirectory(platform: NodeJS.Platform, environment: Environment): string {
  if (platform === "win32") return environment["LOCALAPPDATA"] ?? path.join(homedir(), "AppData", "Local");
  if (platform === "darwin") return path.join(homedir(), "Library", "Caches");
  return environment["XDG_CACHE_HOME"] || path.join(homedir(), ".cache");
}

/** Where engines are kept for this user: CNN_LAB_ENGINES, else "cnn-lab/engines" in the platform's cache folder. */
export function defaultEnginesDirectory(platform: NodeJS.Platform = process.platform, environment: Environment = process.env): string {
  return environment["CNN_LAB_ENGINES"] || path.join(cacheDirectory(platform, environment), "cnn-lab", "engines");
}
