import "./jsx.js";

/** A button of a title bar; where there is no room its text goes, and stays its name. */
export function Action(props: { readonly icon: string; readonly text: string; readonly disabled?: boolean; readonly onClick: () => void }) {
  return (
    <vscode-button
      secondary
      icon={props.icon}
      aria-label={props.text}
      title={props.text}
      disabled={props.disabled ?? false}
      onClick={props.onClick}
    >
      <span class="button-text">{props.text}</span>
    </vscode-button>
  );
}
