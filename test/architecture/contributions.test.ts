import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS, CONTEXT_KEYS, EDITORS, ITEM_CONTEXTS, PANELS, SETTINGS, VIEWS } from "../../src/host/ids.js";

interface Menu {
  readonly command: string;
  readonly when?: string;
}

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const contributes = manifest.contributes;
const menus: Menu[] = Object.values<Menu[]>(contributes.menus).flat();
const sorted = (names: Iterable<string>) => [...names].sort();

describe("package.json and src/host/ids.ts agree on", () => {
  it("commands", () => {
    expect(sorted(contributes.commands.map((command: { command: string }) => command.command))).toEqual(sorted(Object.values(COMMANDS)));
  });

  it("settings", () => {
    const groups = [contributes.configuration].flat() as { properties: Record<string, unknown> }[];
    expect(sorted(groups.flatMap((group) => Object.keys(group.properties)))).toEqual(sorted(Object.values(SETTINGS)));
  });

  it("views", () => {
    const views = Object.values<{ id: string }[]>(contributes.views).flat();
    expect(sorted(views.map((view) => view.id))).toEqual(sorted(Object.values(VIEWS)));
  });

  it("panels that are restored", () => {
    const restored = (manifest.activationEvents as string[]).filter((event) => event.startsWith("onWebviewPanel:"));
    expect(sorted(restored)).toEqual(sorted(Object.values(PANELS).map((panel) => `onWebviewPanel:${panel}`)));
  });

  it("editors for files, of which Show Model opens the same", () => {
    const editors: { viewType: string; selector: { filenamePattern: string }[] }[] = contributes.customEditors;
    expect(sorted(editors.map(({ viewType }) => viewType))).toEqual(sorted(Object.values(EDITORS)));
    const explorer: Menu[] = contributes.menus["explorer/context"];
    const when = explorer.find(({ command }) => command === COMMANDS.showModel)?.when ?? "";
    const shown = new RegExp(/=~ \/(.*)\/i/.exec(when)?.[1] ?? "nothing");
    const names = editors.flatMap(({ selector }) => selector.map(({ filenamePattern }) => filenamePattern.replace("*", "net")));
    expect(names.filter((name) => !shown.test(name))).toEqual([]);
  });

  it("commands in menus", () => {
    const known: readonly string[] = Object.values(COMMANDS);
    expect(menus.map((menu) => menu.command).filter((command) => !known.includes(command))).toEqual([]);
  });

  it("every name in a `when`", () => {
    const known: readonly string[] = [COMMANDS, SETTINGS, VIEWS, PANELS, CONTEXT_KEYS, ITEM_CONTEXTS].flatMap((ids) => Object.values(ids));
    const clauses = JSON.stringify(contributes).match(/"(?:when|enablement)":"[^"]*"/g) ?? [];
    const names = clauses.flatMap((clause) => clause.match(/cnnLab\.[\w.]*\w/g) ?? []);
    expect(names.filter((name) => !known.some((id) => id === name || id.startsWith(`${name}.`)))).toEqual([]);
  });
});

describe("package.json", () => {
  it("gives every command a title, and icons and schemas exist", () => {
    for (const command of contributes.commands) expect(command.title, command.command).toMatch(/^[A-Z]/);
    const files = [
      manifest.icon,
      ...contributes.jsonValidation.map((entry: { url: string }) => entry.url),
      ...contributes.viewsContainers.activitybar.map((entry: { icon: string }) => entry.icon),
    ];
    expect(files.filter((file: string) => !existsSync(path.resolve(file)))).toEqual([]);
  });

  it("bundles everything: nothing is installed with the extension", () => {
    expect(manifest.dependencies ?? {}).toEqual({});
  });
});
