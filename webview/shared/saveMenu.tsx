import { useRef, useState } from "preact/hooks";
import { Menu, type MenuItem } from "./menu.js";

/** The download button of a title bar with what can be saved. */
export function SaveMenu({ items }: { readonly items: readonly MenuItem[] }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <span class="menu">
      <button
        ref={button}
        type="button"
        class="icon-button"
        title="Save as PNG or CSV"
        aria-label="Save as PNG or CSV"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <i class="codicon codicon-download" aria-hidden="true" />
      </button>
      <Menu items={items} open={open} opener={button} onClose={() => setOpen(false)} />
    </span>
  );
}
