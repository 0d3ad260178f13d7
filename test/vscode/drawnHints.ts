// Hints as the editor draws them, frame by frame.
import type { Page } from "playwright-core";

/** What one frame showed: the hint of each line that was in sight, by the line's own text. */
export type Frame = Readonly<Record<string, { readonly hint: string; readonly opacity: number }>>;

/** Looks at the active editor in every frame until `stop` is called, which answers all of them. */
export async function watchHints(page: Page): Promise<{ stop(): Promise<readonly Frame[]> }> {
  const watch = await page.evaluateHandle(() => {
    const watched = { frames: [] as Frame[], isOn: true };
    const look = () => {
      if (!watched.isOn) return;
      const frame: Record<string, { hint: string; opacity: number }> = {};
      for (const line of document.querySelectorAll('.editor-group-container.active .monaco-editor[role="code"] .view-line')) {
        let text = "";
        let hint = "";
        let opacity = 1;
        for (const span of line.querySelectorAll("span > span")) {
          const said = (span.textContent ?? "").replaceAll("\u00a0", " ");
          // Inlay hints are styled by rules made at run time; hair spaces and joiners are their padding.
          const isHint = /\bdyn-rule-/.test(span.className);
          if (!isHint) text += said;
          else if (/[^\u200a-\u200f]/.test(said)) {
            hint += said;
            opacity = Number(getComputedStyle(span).opacity);
          }
        }
        frame[text.trim()] = { hint, opacity };
      }
      watched.frames.push(frame);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return watched;
  });
  return {
    stop: () =>
      watch.evaluate((watched) => {
        watched.isOn = false;
        return watched.frames;
      }),
  };
}

/** The hints of the next frame. */
export async function drawnHints(page: Page): Promise<Frame> {
  const watch = await watchHints(page);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  return (await watch.stop()).at(-1) ?? {};
}
