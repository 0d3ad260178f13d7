// A running VS Code: server, extension host, and the workbench in a browser page.
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { listenForProbe } from "./probe.mjs";
import { startServer } from "./server.mjs";
import { defaultCacheDir, setup } from "./setup.mjs";
import * as ui from "./ui.mjs";

const PROBE = fileURLToPath(new URL("../probe", import.meta.url));

/** What keeps the workbench quiet and still; a test's own settings win. */
const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.cursorBlinking": "solid",
  "editor.hover.delay": 100,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

const CHROMIUM_ARGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", // nothing but our own server is ever asked
];
/** Graphics in the browser. `software`: WebGL and WebGPU on the processor (SwiftShader); `off`: neither. */
const GRAPHICS = {
  off: ["--disable-gpu", "--disable-software-rasterizer"],
  software: [
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--enable-features=Vulkan",
  ],
  system: [],
};

/**
 * @typedef {object} OpenOptions
 * @property {string} extensionDevelopmentPath  folder of the extension under test
 * @property {string[]} [extensions]   folders of other extensions to have installed
 * @property {string} [workspace]      folder or .code-workspace to open; tests get a copy they may write to
 * @property {Record<string, unknown>} [settings]  user settings
 * @property {NodeJS.ProcessEnv} [env] environment for the extension host
 * @property {string} [cacheDir]       where the server is installed
 * @property {string} [artifactsDir]   where dumps go; `<cacheDir>/artifacts` by default
 * @property {{ width: number, height: number }} [viewport]
 * @property {keyof typeof GRAPHICS} [graphics]
 * @property {boolean} [headless]
 * @property {boolean} [workspaceTrust]  ask whether the workspace is trusted, as VS Code does outside tests
 * @property {number} [timeout]        for start and for each wait, in ms
 */
/**
 * @typedef {object} TestRunHooks
 * @property {string} [extensionTestsPath]
 * @property {(text: string, type: string) => void} [onPrint]
 * @property {(passed: boolean) => void} [onResult]
 * @property {(code: number) => void} [onExit]
 */

/**
 * Opens VS Code with the extension loaded, for tests from the outside.
 * @param {OpenOptions} options
 */
export async function openWorkbench(options) {
  const workbench = await launch(options);
  try {
    await workbench.ready();
    return workbench;
  } catch (error) {
    const where = await workbench.dump("open-failed");
    await workbench.close();
    throw new Error(`VS Code did not come up; see ${where}`, { cause: error });
  }
}

/**
 * @param {OpenOptions & TestRunHooks} options
 * @internal
 */
export async function launch({
  extensionDevelopmentPath,
  extensionTestsPath,
  extensions = [],
  workspace,
  settings = {},
  env = {},
  cacheDir = defaultCacheDir(),
  artifactsDir = path.join(cacheDir, "artifacts"),
  viewport = { width: 1400, height: 900 },
  graphics = "software",
  headless = true,
  workspaceTrust = false,
  timeout = 90_000,
  onPrint = () => {},
  onResult = () => {},
  onExit = () => {},
}) {
  const installation = await setup({ cacheDir, log: (line) => console.log(`[harness] ${line}`) });
  const dir = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "vst-"))); // short: it holds sockets
  /** @type {(() => unknown)[]} */
  const undo = [() => fs.rm(dir, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    while (undo.length) await undo.pop()?.();
  };
  try {
    const opened = workspace && (await copyInto(dir, workspace));
    await fs.mkdir(path.join(dir, "data/User"), { recursive: true });
    await fs.mkdir(path.join(dir, "tmp"));
    await fs.writeFile(path.join(dir, "data/User/settings.json"), JSON.stringify({ ...SETTINGS, ...settings }, null, 2));

    // The page's payload has room for one extension under development; any other is installed.
    for (const folder of [PROBE, ...extensions]) {
      await fs.cp(folder, path.join(dir, "extensions", path.basename(path.resolve(folder))), { recursive: true });
    }

    const socketPath = path.join(dir, "probe.sock");
    const probe = await listenForProbe(socketPath, { onPrint, onResult });
    undo.push(probe.close);
    const server = await startServer(installation, {
      dataDir: dir,
      timeout,
      workspaceTrust,
      env: {
        TMPDIR: path.join(dir, "tmp"),
        XDG_RUNTIME_DIR: path.join(dir, "tmp"),
        EXTENSIONS_GALLERY: '{"serviceUrl":""}', // or the server asks open-vsx.org
        ...env,
        HARNESS_PROBE: socketPath,
        ...(extensionTestsPath && { HARNESS_SUITE: path.resolve(extensionTestsPath) }),
      },
    });
    undo.push(server.stop);

    const browser = await chromium.launch({
      executablePath: installation.chromium,
      headless,
      chromiumSandbox: process.getuid?.() !== 0,
      args: [...CHROMIUM_ARGS, ...GRAPHICS[graphics]],
    });
    undo.push(() => browser.close());
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(timeout);
    const browserLog = createWriteStream(path.join(dir, "browser.log"));
    page.on("console", (message) => browserLog.write(`[${message.type()}] ${message.text()}\n`));
    page.on("pageerror", (error) => browserLog.write(`[pageerror] ${error.stack ?? error}\n`));
    page.on("crash", () => browserLog.write("[crash] the page crashed\n"));
    await page.exposeFunction("codeAutomationExit", (/** @type {number} */ code) => onExit(code));

    const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${server.port}${encodeURI(path.resolve(file))}`;
    const payload = [
      ["extensionDevelopmentPath", remote(extensionDevelopmentPath)],
      ...(extensionTestsPath ? [["extensionTestsPath", remote(path.join(PROBE, "suite.js"))]] : []),
      ["skipWelcome", "true"],
    ];
    const search = new URLSearchParams({
      ...(opened ? { [opened.endsWith(".code-workspace") ? "workspace" : "folder"]: opened } : { ew: "true" }),
      payload: JSON.stringify(payload),
    });
    await page.goto(`${server.origin}/?${search}`, { waitUntil: "commit" });

    return new Workbench({ page, probe, server, installation, dir, workspace: opened, artifactsDir, timeout, close });
  } catch (error) {
    await close();
    throw error;
  }
}

export class Workbench {
  #parts;

  /** @param {any} parts @internal */
  constructor(parts) {
    this.#parts = parts;
    /** The browser page with the workbench. @type {import('playwright-core').Page} */
    this.page = parts.page;
    /** The copy of the workspace that is open. @type {string} */
    this.workspace = parts.workspace;
    /** @type {import('./setup.mjs').Installation} */
    this.installation = parts.installation;
    /** @type {number} */
    this.serverPid = parts.server.pid;
    /** Resolves when the extension host ends. @type {Promise<void>} */
    this.extensionHostGone = parts.probe.gone;
  }

  /** Waits until the workbench is drawn and the extension host has started. */
  async ready() {
    const { timeout } = this.#parts;
    await this.page.locator(".monaco-workbench .statusbar").waitFor({ timeout });
    await within(timeout, this.#parts.probe.connection, "the extension host did not start");
  }

  /**
   * Runs a function in the extension host: `wb.evaluate((vscode) => vscode.version)`. It must close over nothing.
   * @template T
   * @param {(vscode: typeof import('vscode'), ...args: any[]) => T} fn
   * @param {any[]} args
   * @returns {Promise<Awaited<T>>}
   */
  evaluate(fn, ...args) {
    return within(this.#parts.timeout, this.#parts.probe.evaluate(fn, ...args), "no answer from the extension host");
  }

  /** Opens a file of the workspace in an editor. @param {string} relative */
  async openFile(relative) {
    await this.evaluate(
      async (vscode, file) => {
        await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
      },
      path.join(this.workspace, relative),
    );
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(relative)}"]`).waitFor();
    await this.page.locator(".editor-group-container.active .monaco-editor .view-line").first().waitFor();
  }

  /** Runs a command as a user does, from the palette. @param {string} title */
  command(title) {
    return ui.runCommand(this.page, title);
  }

  /** Clicks a code lens, once it is there. @param {string} title */
  clickLens(title) {
    return ui.clickLens(this.page, title);
  }

  /** Text of the hover shown over `text` in the active editor. @param {string} text @param {{ nth?: number }} [options] */
  hover(text, options) {
    return ui.hoverText(this.page, text, options);
  }

  /** The inlay hints to be seen in the active editor, in order. @returns {Promise<{ line: number, text: string }[]>} */
  inlayHints() {
    return ui.inlayHints(this.page);
  }

  /**
   * The document inside a webview.
   * @param {string} viewType  of a panel or custom editor; for a view in a side bar, its title
   */
  webview(viewType) {
    return ui.eventually(
      this.page,
      `webview ${viewType}`,
      async () => {
        const title = await this.evaluate((vscode, wanted) => {
          for (const tab of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
            const found = /** @type {any} */ (tab.input)?.viewType;
            // Custom editors' webviews have no title of their own, which their frames say as a word.
            if (found === wanted && tab.input instanceof vscode.TabInputCustom) return "undefined";
            if (found === wanted || found === `mainThreadWebview-${wanted}`) return tab.label;
          }
        }, viewType);
        return ui.findWebviewFrame(this.page, { title: title ?? viewType });
      },
      { timeout: this.#parts.timeout },
    );
  }

  /** Texts of the notifications so far, newest first. */
  notifications() {
    return ui.notifications(this.page, () => this.evaluate((vscode) => void vscode.commands.executeCommand("notifications.showList")));
  }

  /** @param {string} file  PNG */
  async screenshot(file) {
    await fs.mkdir(path.dirname(file), { recursive: true });
    return this.page.screenshot({ path: file, animations: "disabled" });
  }

  /** Saves screenshot and all logs for a post-mortem; returns the folder. @param {string} name */
  async dump(name) {
    const { artifactsDir, dir } = this.#parts;
    const to = path.join(artifactsDir, `${name.replace(/[^\w.-]+/g, "_")}-${randomBytes(3).toString("hex")}`);
    await fs.mkdir(to, { recursive: true });
    await Promise.allSettled([
      this.page.screenshot({ path: path.join(to, "screenshot.png"), timeout: 5000 }),
      fs.copyFile(path.join(dir, "server.log"), path.join(to, "server.log")),
      fs.copyFile(path.join(dir, "browser.log"), path.join(to, "browser.log")),
      fs.cp(path.join(dir, "data/logs"), path.join(to, "logs"), { recursive: true }), // logs/*/exthost*/remoteexthost.log
    ]);
    return to;
  }

  /** Reloads the window, as "Developer: Reload Window" does, and waits for the new extension host. */
  async reload() {
    const { timeout, probe } = this.#parts;
    const started = within(timeout, probe.next(), "the extension host did not start again");
    // Not the page's own reload: VS Code would have no time to keep what is open.
    await this.evaluate((vscode) => void vscode.commands.executeCommand("workbench.action.reloadWindow"));
    await this.page.waitForEvent("load", { timeout });
    await this.page.locator(".monaco-workbench .statusbar").waitFor({ timeout });
    await started;
  }

  /**
   * Kills the extension host, as a crash would, and reloads the window, as VS Code asks for then. `whileDown` may look round between.
   * @param {() => Promise<void>} whileDown
   */
  async crashExtensionHost(whileDown) {
    const { timeout, probe } = this.#parts;
    const started = within(timeout, probe.next(), "the extension host did not start again");
    process.kill(await this.evaluate(() => process.pid), "SIGKILL");
    await whileDown();
    await this.page.reload({ waitUntil: "commit" });
    await this.page.locator(".monaco-workbench .statusbar").waitFor({ timeout });
    await started;
  }

  /** Ends browser, server and extension host, and removes the temporary folder. */
  close() {
    return this.#parts.close();
  }

  [Symbol.asyncDispose]() {
    return this.close();
  }
}

/** @param {string} dir @param {string} workspace */
async function copyInto(dir, workspace) {
  const source = path.resolve(workspace);
  const isFile = source.endsWith(".code-workspace");
  const target = path.join(dir, "workspace", isFile ? "" : path.basename(source));
  await fs.cp(isFile ? path.dirname(source) : source, target, { recursive: true });
  return isFile ? path.join(target, path.basename(source)) : target;
}

/**
 * @template T
 * @param {number} ms @param {Promise<T>} promise @param {string} message
 * @returns {Promise<T>}
 */
export async function within(ms, promise, message) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${message} within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, /** @type {Promise<never>} */ (late)]);
  } finally {
    clearTimeout(timer);
  }
}
