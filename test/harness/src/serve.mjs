// VS Code in a browser for a person: the server of the tests, with the extension installed and nothing switched for tests.
import { randomBytes } from "node:crypto";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { startServer } from "./server.mjs";
import { defaultCacheDir, installServer } from "./setup.mjs";

/** What of an extension's folder it needs to run. */
const SHIPPED = ["package.json", "README.md", "LICENSE", "dist", "media"];

/**
 * Serves VS Code on this machine only, behind a token that is part of the address.
 * @param {{ extension: string, folder: string, env?: NodeJS.ProcessEnv, log?: (line: string) => void }} options
 *   extension: folder of a built extension; folder: what to open, edited in place
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function serveWorkbench({ extension, folder, env = {}, log = () => {} }) {
  const installation = await installServer(defaultCacheDir(), log);
  const dir = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "cnn-lab-")));
  const removeDir = () => fs.rm(dir, { recursive: true, force: true, maxRetries: 5 });
  try {
    const { publisher, name, version } = JSON.parse(await fs.readFile(path.join(extension, "package.json"), "utf8"));
    const installed = path.join(dir, "extensions", `${publisher}.${name}-${version}`);
    for (const part of SHIPPED) {
      await fs.cp(path.join(extension, part), path.join(installed, part), { recursive: true }).catch((error) => {
        if (error.code !== "ENOENT") throw error;
      });
    }
    const token = randomBytes(16).toString("hex");
    const server = await startServer(installation, {
      dataDir: dir,
      workspaceTrust: true,
      connectionToken: token,
      env: { EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env },
    });
    const search = new URLSearchParams({ folder: path.resolve(folder), tkn: token });
    return {
      url: `${server.origin}/?${search}`,
      stop: async () => {
        await server.stop();
        await removeDir();
      },
    };
  } catch (error) {
    await removeDir();
    throw error;
  }
}
