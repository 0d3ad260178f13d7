import { count } from "../../shared/format.js";

interface Props {
  /** What is counted: "numbers". */
  readonly what: string;
  readonly first: number;
  readonly count: number;
  readonly total: number;
  readonly page: number;
  readonly onGo: (first: number) => void;
}

/** Steps through what is too long to show at once. */
export function Pager({ what, first, count: shown, total, page, onGo }: Props) {
  const last = Math.floor((total - 1) / page) * page;
  const button = (icon: string, name: string, to: number) => (
    <button
      type="button"
      class="icon-button"
      aria-label={`${name} ${what}`}
      title={`${name} ${what}`}
      disabled={to === first || to < 0 || to >= total}
      onClick={() => onGo(to)}
    >
      <i class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
  return (
    <div class="pager">
      {button("arrow-left", "First", 0)}
      {button("chevron-left", "Earlier", Math.max(0, first - page))}
      <span class="num" role="status">
        {`${count(first)} to ${count(first + shown - 1)} of ${count(total)}`}
      </span>
      {button("chevron-right", "Later", first + page)}
      {button("arrow-right", "Last", last)}
    </div>
  );
}
