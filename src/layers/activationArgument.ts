import { ACTIVATION_DOCS } from "./activation.js";
import { choice, optional } from "./arguments.js";

/** What many layers end with. */
export const activationArgument = optional(choice("Function applied to each output.", ACTIVATION_DOCS), "linear");
