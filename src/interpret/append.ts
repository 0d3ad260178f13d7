/** Puts items behind a list's own: spreading many arguments overflows the stack. */
export function append<T>(list: T[], items: readonly T[]): void {
  // The list itself may be what is appended.
  const given = items === list ? [...items] : items;
  for (const item of given) list.push(item);
}
