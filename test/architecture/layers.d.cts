import type { IForbiddenRuleType } from "dependency-cruiser";

declare const table: {
  readonly LAYERS: Readonly<Record<string, readonly [layers: readonly string[], packages: readonly string[]]>>;
  readonly forbidden: IForbiddenRuleType[];
};
export default table;
