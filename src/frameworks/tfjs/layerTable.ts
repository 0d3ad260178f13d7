import type { DatumRecord } from "../keras/layers/data.js";

/** Functions of `tf.layers` and the classes they make, which are Keras' but for the differences below. */
export const LAYER_CLASSES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    activation: "Activation",
    add: "Add",
    alphaDropout: "AlphaDropout",
    average: "Average",
    averagePooling1d: "AveragePooling1D",
    averagePooling2d: "AveragePooling2D",
    averagePooling3d: "AveragePooling3D",
    avgPool1d: "AveragePooling1D",
    avgPool2d: "AveragePooling2D",
    avgPool3d: "AveragePooling3D",
    avgPooling1d: "AveragePooling1D",
    avgPooling2d: "AveragePooling2D",
    avgPooling3d: "AveragePooling3D",
    batchNormalization: "BatchNormalization",
    bidirectional: "Bidirectional",
    categoryEncoding: "CategoryEncoding",
    centerCrop: "CenterCrop",
    concatenate: "Concatenate",
    conv1d: "Conv1D",
    conv2d: "Conv2D",
    conv2dTranspose: "Conv2DTranspose",
    conv3d: "Conv3D",
    conv3dTranspose: "Conv3DTranspose",
    convLstm2d: "ConvLSTM2D",
    cropping2D: "Cropping2D",
    dense: "Dense",
    depthwiseConv2d: "DepthwiseConv2D",
    dot: "Dot",
    dropout: "Dropout",
    elu: "ELU",
    embedding: "Embedding",
    flatten: "Flatten",
    gaussianDropout: "GaussianDropout",
    gaussianNoise: "GaussianNoise",
    globalAveragePooling1d: "GlobalAveragePooling1D",
    globalAveragePooling2d: "GlobalAveragePooling2D",
    globalMaxPool1d: "GlobalMaxPooling1D",
    globalMaxPool2d: "GlobalMaxPooling2D",
    globalMaxPooling1d: "GlobalMaxPooling1D",
    globalMaxPooling2d: "GlobalMaxPooling2D",
    gru: "GRU",
    inputLayer: "InputLayer",
    layerNormalization: "LayerNormalization",
    leakyReLU: "LeakyReLU",
    lstm: "LSTM",
    masking: "Masking",
    maxPool1d: "MaxPooling1D",
    maxPool2d: "MaxPooling2D",
    maxPooling1d: "MaxPooling1D",
    maxPooling2d: "MaxPooling2D",
    maxPooling3d: "MaxPooling3D",
    maximum: "Maximum",
    minimum: "Minimum",
    multiply: "Multiply",
    permute: "Permute",
    prelu: "PReLU",
    randomWidth: "RandomWidth",
    reLU: "ReLU",
    repeatVector: "RepeatVector",
    rescaling: "Rescaling",
    reshape: "Reshape",
    resizing: "Resizing",
    rnn: "RNN",
    separableConv2d: "SeparableConv2D",
    simpleRNN: "SimpleRNN",
    softmax: "Softmax",
    spatialDropout1d: "SpatialDropout1D",
    thresholdedReLU: "ThresholdedReLU",
    timeDistributed: "TimeDistributed",
    upSampling2d: "UpSampling2D",
    zeroPadding2d: "ZeroPadding2D",
  }),
);

const GLOROT_NORMAL: DatumRecord = { kernel_initializer: "glorot_normal" };

/** Defaults of TensorFlow.js that are not those of Keras 3. */
export const OTHER_DEFAULTS: Readonly<Record<string, DatumRecord>> = {
  Dense: GLOROT_NORMAL,
  Conv1D: GLOROT_NORMAL,
  Conv2D: GLOROT_NORMAL,
  Conv3D: GLOROT_NORMAL,
  Conv2DTranspose: GLOROT_NORMAL,
  Conv3DTranspose: GLOROT_NORMAL,
  // Its GRU has no variant that resets after the product with the recurrent kernel.
  GRU: { reset_after: false },
};

/** Arguments that any layer takes, and that say nothing of what it makes of its input. */
export const COMMON_ARGUMENTS: ReadonlySet<string> = new Set([
  "name",
  "trainable",
  "dtype",
  "input_shape",
  "batch_input_shape",
  "batch_size",
  "input_dtype",
  "input_d_type",
  "weights",
  "updatable",
]);

/** Layers that can be made without a config object; all others fail on reading one. */
export const CONFIG_IS_OPTIONAL: ReadonlySet<string> = new Set(
  (
    "Add Average BatchNormalization Concatenate ELU Flatten GlobalAveragePooling1D GlobalMaxPooling1D LayerNormalization LeakyReLU Masking Maximum Minimum Multiply PReLU ReLU Softmax " +
    "ThresholdedReLU ZeroPadding2D"
  ).split(" "),
);

/** The name that someone may have meant by one that is not there: "conv2D" for "conv2d". */
export function similarLayer(name: string): string | undefined {
  const plain = (each: string) => each.toLowerCase().replaceAll("_", "");
  return [...LAYER_CLASSES.keys()].find((known) => plain(known) === plain(name));
}
