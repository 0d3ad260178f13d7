import type { StartingWeights } from "../run/start.js";
import type { NoMessages } from "./channel.js";
import type { KernelPlanes, ModelGraph, NodeDetails, TensorNumbers, TensorSummary } from "./modelPanel.js";

/** What can be asked of a model that is shown, by indices of its graph. Rejects with a UserError that says why something cannot be told. */
export interface ModelRequests {
  details(params: { readonly node: number }): Promise<NodeDetails>;
  summary(params: { readonly tensor: number }): Promise<TensorSummary>;
  /** Fewer numbers than asked for at the end of the tensor, or where they are too many for one message. */
  numbers(params: { readonly tensor: number; readonly offset: number; readonly count: number }): Promise<TensorNumbers>;
  kernels(params: { readonly tensor: number; readonly first: number; readonly count: number }): Promise<KernelPlanes>;
}

/** The thread that reads saved models. */
export interface InspectorEnd {
  readonly requests: ModelRequests & {
    /** Reads a file, again too; all other requests are about the last one that was read. */
    open(params: { readonly file: string }): Promise<ModelGraph>;
    /** A file as a network to be trained, and the weights it starts from. Rejects with what keeps it from being trained. */
    network(params: {
      readonly file: string;
    }): Promise<{ readonly source: string; readonly start?: StartingWeights; readonly data?: string }>;
  };
  readonly notifications: NoMessages;
}

/** Whoever started the thread. */
export interface InspectorStarterEnd {
  readonly requests: NoMessages;
  readonly notifications: NoMessages;
}
