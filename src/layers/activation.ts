/** Functions a layer may end with, spelled as TensorFlow.js layers spells them. */
export const ACTIVATIONS = ["linear", "relu", "leakyReLU", "elu", "sigmoid", "tanh", "softmax", "softplus", "swish", "gelu"] as const;
export type Activation = (typeof ACTIVATIONS)[number];
