// What a user does and sees in the workbench, as functions over the page.

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

const ACTIVE_EDITOR = '.editor-group-container.active .monaco-editor[role="code"]';

/**
 * Polls `attempt` until it returns something other than undefined.
 * @template T
 * @param {Page} page @param {string} what @param {() => Promise<T | undefined>} attempt
 * @param {{ timeout?: number, interval?: number }} [options]
 * @returns {Promise<T>}
 */
export async function eventually(page, what, attempt, { timeout = 30_000, interval = 100 } = {}) {
  const deadline = Date.now() + timeout;
  /** @type {unknown} */
  let cause;
  do {
    try {
      const value = await attempt();
      if (value !== undefined) return value;
    } catch (error) {
      cause = error;
    }
    await page.waitForTimeout(interval);
  } while (Date.now() < deadline);
  throw new Error(`${what}: not within ${timeout} ms`, { cause });
}

/**
 * Runs a command from the command palette.
 * @param {Page} page @param {string} title  as the palette shows it, with its category: "Example: Open Panel"
 */
export async function runCommand(page, title) {
  const palette = page.locator(".quick-input-widget");
  const input = palette.locator("input.input");
  await eventually(page, `palette command "${title}"`, async () => {
    if (!(await palette.isVisible())) {
      await page.keyboard.press("F1");
      await input.waitFor({ timeout: 2000 });
    }
    await input.fill("");
    await input.fill(`>${title}`);
    const row = palette.locator(".monaco-list-row").filter({ hasText: title }).first();
    await row.waitFor({ timeout: 2000 });
    const label = (await row.locator(".label-name").first().innerText()).replaceAll("\u00a0", " ");
    if (label !== title) throw new Error(`the palette offers "${label}"`);
    await input.press("Enter", { timeout: 2000 }); // the first row has the focus
    return true;
  });
  await palette.waitFor({ state: "hidden", timeout: 2000 }).catch(() => {}); // the command may ask something itself
}

/**
 * Clicks a code lens. Only a link can be clicked: what VS Code remembers of a file's lenses, it draws as plain text until their
 * providers have answered, as it does each time one more extension brings a provider.
 * @param {Page} page @param {string} title
 */
export async function clickLens(page, title) {
  await page.locator(".codelens-decoration").getByRole("button", { name: title, exact: true }).first().click();
}

/**
 * Moves the mouse onto `text` in the active editor and returns what the hover says.
 * @param {Page} page @param {string} text @param {{ nth?: number, timeout?: number }} [options]
 */
export async function hoverText(page, text, { nth = 0, timeout } = {}) {
  const content = page
    .locator(
      ".monaco-editor .monaco-hover:not(.hidden) .monaco-hover-content, .monaco-resizable-hover .monaco-hover:not(.hidden) .monaco-hover-content",
    )
    .first();
  return eventually(
    page,
    `hover over "${text}"`,
    async () => {
      const { x, y } = await textPosition(page, text, nth);
      await page.mouse.move(5, 5);
      await page.mouse.move(x - 1, y);
      await page.mouse.move(x, y); // a hover wants a move, not a jump
      await content.waitFor({ timeout: 3000 });
      const said = (await content.innerText()).replaceAll("\u00a0", " ").trim();
      return said && !/^Loading\.{3}$/.test(said) ? said : undefined;
    },
    { timeout },
  );
}

/**
 * Middle of the nth occurrence of `text` in the visible lines of the active editor, in page coordinates.
 * @param {Page} page @param {string} text @param {number} [nth]
 */
export async function textPosition(page, text, nth = 0) {
  return eventually(page, `text "${text}" in the editor`, () =>
    page.evaluate(
      ([selector, wanted, skip]) => {
        const lines = [...document.querySelectorAll(`${selector} .view-line`)].sort(
          (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
        );
        let left = Number(skip);
        for (const line of lines) {
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          const pieces = [];
          let whole = "";
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            pieces.push({ node, start: whole.length });
            whole += (node.nodeValue ?? "").replaceAll("\u00a0", " ");
          }
          for (let at = whole.indexOf(String(wanted)); at >= 0; at = whole.indexOf(String(wanted), at + 1)) {
            if (left-- > 0) continue;
            const middle = at + Math.floor(String(wanted).length / 2);
            const piece = pieces.findLast((candidate) => candidate.start <= middle);
            if (!piece) continue;
            const range = document.createRange();
            range.setStart(piece.node, middle - piece.start);
            range.setEnd(piece.node, middle - piece.start + 1);
            const box = range.getBoundingClientRect();
            return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          }
        }
        return undefined;
      },
      /** @type {const} */ ([ACTIVE_EDITOR, text, nth]),
    ),
  );
}

/**
 * Inlay hints drawn in the active editor, top to bottom.
 * @param {Page} page @param {{ timeout?: number }} [options]
 * @returns {Promise<{ line: number, text: string }[]>}
 */
export async function inlayHints(page, { timeout } = {}) {
  return eventually(
    page,
    "inlay hints",
    async () => {
      const hints = await page.evaluate((selector) => {
        const editor = document.querySelector(selector);
        const numbers = new Map(
          [...(editor?.querySelectorAll(".line-numbers") ?? [])].map((element) => [
            Math.round(element.getBoundingClientRect().top),
            Number(element.textContent),
          ]),
        );
        // Inlay hints are injected text; their decoration is styled by a rule made at run time, hence the class.
        return [...(editor?.querySelectorAll('.view-line span[class*="dyn-rule-"]') ?? [])]
          .map((element) => ({
            line: numbers.get(Math.round(/** @type {Element} */ (element.closest(".view-line")).getBoundingClientRect().top)) ?? 0,
            // hair spaces and zero-width joiners are the padding VS Code puts around a hint
            text: (element.textContent ?? "").replace(/[\u00a0\u200a-\u200f]/g, " ").trim(),
          }))
          .filter((hint) => hint.text)
          .sort((a, b) => a.line - b.line);
      }, ACTIVE_EDITOR);
      return hints.length ? hints : undefined;
    },
    { timeout },
  );
}

/**
 * Texts of the notifications in the notification centre, newest first. (The smoke-test switch the harness needs
 * keeps VS Code from showing toasts; the centre has them all the same.)
 * @param {Page} page
 * @param {() => Promise<unknown>} [show]  opens the centre
 */
export async function notifications(page, show = () => runCommand(page, "Notifications: Show Notifications")) {
  const centre = page.locator(".notifications-center");
  if (!(await centre.isVisible())) await show();
  await centre.waitFor();
  const texts = await centre.locator(".notification-list-item-message").allInnerTexts();
  await page.keyboard.press("Escape");
  return texts;
}

/**
 * The frame with a webview's own document. A webview is an iframe of VS Code's (`iframe.webview`), in which another
 * (`#active-frame`) holds the extension's HTML.
 * @param {Page} page
 * @param {{ title?: string, extensionId?: string, timeout?: number }} match
 */
export function webviewFrame(page, { timeout, ...match }) {
  return eventually(page, `webview ${match.title ?? match.extensionId ?? ""}`, () => findWebviewFrame(page, match), { timeout });
}

/**
 * @param {Page} page @param {{ title?: string, extensionId?: string }} match
 * @returns {Promise<Frame | undefined>}
 */
export async function findWebviewFrame(page, { title, extensionId }) {
  for (const outer of page.frames()) {
    if (outer.parentFrame() !== page.mainFrame() || !outer.url().includes("/webview/browser/pre/index.html")) continue;
    if (extensionId && new URL(outer.url()).searchParams.get("extensionId")?.toLowerCase() !== extensionId.toLowerCase()) continue;
    const inner = await outer.$("#active-frame");
    if (!inner || (title !== undefined && (await inner.getAttribute("title")) !== title)) continue;
    const frame = await inner.contentFrame();
    if (frame && (await frame.evaluate(() => document.readyState === "complete" && !!document.body?.childElementCount))) return frame;
  }
  return undefined;
}
