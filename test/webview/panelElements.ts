import { act } from "preact/test-utils";

/** The menu's own properties, as the panel sets them. */
export class FakeMenu extends HTMLElement {
  data: readonly { readonly label: string }[] = [];
  show = false;
}
customElements.define("vscode-context-menu", FakeMenu);

/** Finds what a panel under test has drawn into its root, which may be another one for each test. */
export function elementsOf(root: () => HTMLElement) {
  const find = (selector: string): HTMLElement => {
    const found = root().querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`${selector} is not there: ${root().innerHTML.slice(0, 500)}`);
    return found;
  };
  /** By its text, or by the name that is said of an icon. */
  const button = (name: string): HTMLElement => {
    const all = [...root().querySelectorAll<HTMLElement>("vscode-button, button")];
    const found = all.find((each) => each.textContent === name || each.getAttribute("aria-label") === name);
    if (found === undefined) throw new Error(`No button ${name} among ${all.map((each) => each.textContent).join(", ")}`);
    return found;
  };
  return { find, button };
}

export const press = (element: HTMLElement, key: string, more: KeyboardEventInit = {}) =>
  act(() => void element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more })));

export const click = (element: HTMLElement) => act(() => element.click());
