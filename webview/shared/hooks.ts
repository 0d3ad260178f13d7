import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { onThemeChange, readTheme, type Theme } from "./theme.js";

/** The theme in force; components draw again when it changes. */
export function useTheme(): Theme {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => onThemeChange(() => setTheme(readTheme())), []);
  return theme;
}

/** The width of an element in CSS pixels, 0 before it is laid out. */
export function useWidth<T extends HTMLElement>(): readonly [RefObject<T>, number] {
  const element = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    setWidth(target.clientWidth);
    const observer = new ResizeObserver(() => setWidth(target.clientWidth));
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

/** The inner size of an element in CSS pixels, without its scroll bars; 0 before it is laid out. */
export function useSize<T extends HTMLElement>(): readonly [RefObject<T>, { readonly width: number; readonly height: number }] {
  const element = useRef<T>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const read = () => setSize({ width: target.clientWidth, height: target.clientHeight });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}

/** Calls back whenever an element comes into sight or leaves it. */
export function useInSight<T extends HTMLElement>(changed: (inSight: boolean) => void): RefObject<T> {
  const element = useRef<T>(null);
  const latest = useRef(changed);
  latest.current = changed;
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const observer = new IntersectionObserver((entries) => latest.current(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return element;
}
