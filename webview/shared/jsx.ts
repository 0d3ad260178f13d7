// Types of the controls for JSX; elements.ts registers them.

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "vscode-button": JSX.HTMLAttributes<HTMLElement> & { secondary?: boolean; icon?: string; disabled?: boolean };
      "vscode-icon": JSX.HTMLAttributes<HTMLElement> & { name: string };
      "vscode-textfield": JSX.HTMLAttributes<HTMLElement> & { label?: string; value?: string; disabled?: boolean; invalid?: boolean };
      "vscode-context-menu": JSX.HTMLAttributes<HTMLElement> & {
        class?: string;
        data?: readonly { readonly label: string; readonly value: string }[];
        show?: boolean;
        "onvsc-context-menu-select"?: (event: CustomEvent<{ readonly value: string }>) => void;
      };
    }
  }
}

export {};
