import type { RefObject } from "preact";
import { count } from "../shared/format.js";

interface Props {
  readonly field: RefObject<HTMLInputElement>;
  readonly query: string;
  /** Undefined: nothing is searched for. */
  readonly matches: readonly number[] | undefined;
  /** What is selected. */
  readonly place: number | undefined;
  readonly what: string;
  readonly onQuery: (query: string) => void;
  readonly onNext: (by: 1 | -1) => void;
}

/** Finds by name, type and shape. Enter goes to the next match, Shift+Enter to the one before, Escape ends. */
export function SearchField({ field, query, matches, place, what, onQuery, onNext }: Props) {
  const at = matches === undefined || place === undefined ? -1 : matches.indexOf(place);
  const none = matches?.length === 0;
  return (
    <search class="search">
      <span class="search-box">
        <input
          ref={field}
          type="text"
          value={query}
          placeholder={`Find ${what} (/)`}
          aria-label={`Find ${what} by name, type or shape`}
          aria-keyshortcuts="/ Control+F"
          aria-invalid={none}
          spellcheck={false}
          onInput={(event) => onQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== "Escape") return;
            event.preventDefault();
            if (event.key === "Enter") onNext(event.shiftKey ? -1 : 1);
            else if (query === "") event.currentTarget.blur();
            else onQuery("");
          }}
        />
        <span class="small num quiet" role="status">
          {matches === undefined ? "" : none ? "none" : `${at < 0 ? "?" : count(at + 1)} of ${count(matches.length)}`}
        </span>
      </span>
      <Step icon="arrow-up" name="Previous match (Shift+Enter)" disabled={matches === undefined || none} onClick={() => onNext(-1)} />
      <Step icon="arrow-down" name="Next match (Enter)" disabled={matches === undefined || none} onClick={() => onNext(1)} />
    </search>
  );
}

function Step(props: { readonly icon: string; readonly name: string; readonly disabled: boolean; readonly onClick: () => void }) {
  return (
    <button type="button" class="icon-button" title={props.name} aria-label={props.name} disabled={props.disabled} onClick={props.onClick}>
      <i class={`codicon codicon-${props.icon}`} aria-hidden="true" />
    </button>
  );
}
