import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "./jsx.js";

export interface MenuItem {
  readonly label: string;
  run(): void | Promise<void>;
}

interface Props {
  readonly items: readonly MenuItem[];
  readonly open: boolean;
  readonly onClose: () => void;
  /** A button that opens and closes it itself. */
  readonly opener?: RefObject<HTMLElement>;
  /** Where the menu's corner is; without it the style sheet says so. */
  readonly at?: { readonly x: number; readonly y: number };
}

/** A menu as VS Code draws it: arrow keys and Enter choose, Escape and a click elsewhere close it. It has the focus while it is open. */
export function Menu({ items, open, onClose, opener, at }: Props) {
  return (
    <vscode-context-menu
      data={items.map(({ label }) => ({ label, value: label }))}
      show={open}
      {...(at === undefined ? {} : { class: "at-pointer", style: { left: `${at.x}px`, top: `${at.y}px` } })}
      onvsc-context-menu-select={(event) => {
        onClose();
        void items.find(({ label }) => label === event.detail.value)?.run();
      }}
      onFocusOut={(event) => (opener === undefined || event.relatedTarget !== opener.current) && onClose()}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    />
  );
}

/** Width and height a menu is assumed to need, so that it stays in sight. */
const ROOM = { width: 260, row: 26, border: 12 };

/**
 * The menu of a right click, Shift+F10 or the menu key, on whatever has `data-menu`. `itemsOf` answers what is offered there; nothing is
 * opened for an empty list. Answers handlers for the element around it all, and the menu to put into it.
 */
export function useContextMenu(itemsOf: (topic: string) => readonly MenuItem[]) {
  const [shown, setShown] = useState<{ readonly x: number; readonly y: number; readonly items: readonly MenuItem[] }>();
  const opener = useRef<HTMLElement | undefined>(undefined);
  // Focus returns to where the menu was asked for.
  useEffect(() => {
    if (shown === undefined) opener.current?.focus();
  }, [shown === undefined]);
  const open = (event: MouseEvent | KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement)) return;
    const place = event.target.closest<HTMLElement>("[data-menu]");
    const items = place === null ? [] : itemsOf(place.dataset["menu"] ?? "");
    if (items.length === 0) return;
    event.preventDefault(); // VS Code has a menu of its own for webviews
    opener.current = event.target.closest<HTMLElement>("[tabindex]") ?? undefined;
    const box = event.target.getBoundingClientRect();
    const pointed = "clientX" in event && (event.clientX !== 0 || event.clientY !== 0);
    const [x, y] = pointed ? [event.clientX, event.clientY] : [box.left + 16, box.top + 16];
    setShown({
      x: Math.max(0, Math.min(x, innerWidth - ROOM.width)),
      y: Math.max(0, Math.min(y, innerHeight - items.length * ROOM.row - ROOM.border)),
      items,
    });
  };
  return {
    handlers: {
      onContextMenu: open,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) open(event);
      },
    },
    menu: shown === undefined ? null : <Menu items={shown.items} open={true} at={shown} onClose={() => setShown(undefined)} />,
  };
}
