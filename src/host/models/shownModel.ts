import type { Disposable } from "../../base/disposable.js";
import type { Event } from "../../base/event.js";
import type { ModelRequests } from "../../protocol/inspector.js";
import type { ModelGraph } from "../../protocol/modelPanel.js";

/** A model that a panel shows, wherever it comes from. What cannot be answered rejects with a UserError. */
export interface ShownModel extends ModelRequests, Disposable {
  /** The graph as it is now. */
  graph(): Promise<ModelGraph>;
  /** `graph` answers something else now. */
  readonly onDidChange: Event<void>;
  /** The text that the model is read from, where there is one. */
  readonly text?: TextBeside;
  /** Only where the graph says that it can be trained. */
  train(): Promise<void>;
}

/** A text whose cursor and the selected node follow each other. */
export interface TextBeside {
  /** The cursor is in a node's lines now. */
  readonly onDidSelect: Event<number>;
  /** Shows the text with the node's lines in sight and the cursor in them; the keyboard stays where it is. */
  reveal(node: number): Promise<void>;
  /** Brings the text to the front, with the keyboard. */
  open(): Promise<void>;
}
