/** A bar as long as a value is of the largest in its column. */
export function Share({ name, value, most }: { readonly name: string; readonly value: number | null; readonly most: number }) {
  const share = value === null || most === 0 ? 0 : value / most;
  return (
    <span role="gridcell" class={`share ${name}`} aria-hidden="true">
      <i style={{ transform: `scaleX(${share})` }} />
    </span>
  );
}
