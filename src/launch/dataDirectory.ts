import { homedir } from "node:os";
import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where drawn and downloaded data sets are kept for this user, by editor and command alike: CNN_LAB_CACHE, else the platform's cache folder. */
export function defaultDataDirectory(platform: NodeJS.Platform = process.platform, environment: Environment = process.env): string {
  return environment["CNN_LAB_CACHE"] || path.join(cacheFolder(platform, environment), "cnn-lab", "data");
}

/** Where the platform keeps what programs can make again. */
export function cacheFolder(platform: NodeJS.Platform = process.platform, environment: Environment = process.env): string {
  if (platform === "win32") return environment["LOCALAPPDATA"] || path.join(homedir(), "AppData", "Local");
  if (platform === "darwin") return path.join(homedir(), "Library", "Caches");
  return environment["XDG_CACHE_HOME"] || path.join(homedir(), ".cache");
}
