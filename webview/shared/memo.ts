import { Component, type ComponentChild, type ComponentType } from "preact";

/** A component that is drawn again only when one of its properties is another. */
export function memo<Props extends object>(draw: (props: Props) => ComponentChild): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const names = Object.keys(next) as (keyof Props)[];
      return names.length !== Object.keys(this.props).length || names.some((name) => next[name] !== this.props[name]);
    }

    override render(props: Props): ComponentChild {
      return draw(props);
    }
  };
}
