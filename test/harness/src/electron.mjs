// The same suite in desktop VS Code, where @vscode/test-electron may download it.
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

/**
 * @param {{ extensionDevelopmentPath: string | string[], extensionTestsPath: string, workspace?: string,
 *   settings?: Record<string, unknown>, env?: Record<string, string>, version?: string }} options
 * @returns {Promise<number>} exit code
 */
export async function runTestsInElectron({
  extensionDevelopmentPath,
  extensionTestsPath,
  workspace,
  settings = {},
  env,
  version = "stable",
}) {
  const { runTests } = await import("@vscode/test-electron");
  const dir = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "vst-")));
  try {
    await fs.mkdir(path.join(dir, "user/User"), { recursive: true });
    await fs.writeFile(path.join(dir, "user/User/settings.json"), JSON.stringify(settings));
    const opened = workspace && path.join(dir, path.basename(workspace));
    if (opened) await fs.cp(/** @type {string} */ (workspace), opened, { recursive: true });
    return await runTests({
      version,
      extensionDevelopmentPath,
      extensionTestsPath,
      extensionTestsEnv: env,
      launchArgs: [
        ...(opened ? [opened] : []),
        `--user-data-dir=${path.join(dir, "user")}`,
        `--extensions-dir=${path.join(dir, "extensions")}`,
        "--disable-workspace-trust",
        "--skip-welcome",
        "--skip-release-notes",
        "--disable-telemetry",
        "--disable-updates",
      ],
    });
  } catch (error) {
    console.error(String(error));
    return 1;
  } finally {
    await fs.rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
