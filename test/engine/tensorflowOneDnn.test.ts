import { describeNetworks } from "./describeNetworks.js";
import { describeOperations } from "./describeOperations.js";
import { describeUpdates } from "./describeUpdates.js";
import { describeInstalled, tensorflow } from "./installedEngine.js";

describeInstalled("tensorflow with oneDNN", () => {
  const create = tensorflow({ oneDnn: true });
  describeOperations("operations", create);
  describeUpdates("updates", create);
  describeNetworks("networks", create);
});
