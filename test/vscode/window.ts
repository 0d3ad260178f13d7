import { afterAll, beforeAll, type TestContext } from "vitest";
import { openWorkbench, type Workbench } from "../harness/src/index.mjs";
import { until } from "./until.js";
import { makeWorkspace } from "./workspace.js";

type Options = Omit<Parameters<typeof openWorkbench>[0], "extensionDevelopmentPath" | "workspace">;

/** Opens a folder of networks in VS Code for the tests of a suite, and closes it after them; `use` gets the window before the first. */
export function openNetworks(use: (workbench: Workbench) => void, options: Options = {}): void {
  const source = makeWorkspace();
  let workbench: Workbench | undefined;
  beforeAll(async () => {
    workbench = await openWorkbench({ extensionDevelopmentPath: ".", workspace: source.folder, ...options });
    use(workbench);
  }, 120_000);
  afterAll(async () => {
    await workbench?.close();
    source.dispose();
  }, 60_000);
}

/** Keeps a picture of the window and its logs where a test failed. */
export async function keepFailure(workbench: Workbench, { task }: TestContext): Promise<void> {
  if (task.result?.state === "fail") console.error(`screenshot and logs: ${await workbench.dump(task.name)}`);
}

export const closeEditors = (workbench: Workbench) =>
  workbench.evaluate((vscode) => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

/** What the hover over a text says when it has the wanted in it: every extension adds its part when it is ready. */
export const hoverWith = (workbench: Workbench, text: string, wanted: RegExp, options?: { readonly nth: number }): Promise<string> =>
  until(`${wanted} in the hover over ${text}`, async () => {
    const said = await workbench.hover(text, options);
    return wanted.test(said) ? said : undefined;
  });
