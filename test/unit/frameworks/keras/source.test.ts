import { beforeAll, describe, expect, it } from "vitest";
import { sourceLanguage } from "../../../../src/reading/languages.js";
import { Source } from "../../../../src/reading/source.js";
import { packagedGrammars } from "../../../fixtures/grammars.js";

const grammars = packagedGrammars();
beforeAll(() => grammars.load("python"));

const read = (text: string, target = "model") =>
  new Source(text, sourceLanguage("python", grammars), { file: "net.py", patience: 10 }).read(target);
const told = (text: string, target?: string) =>
  read(text, target).layers.map(({ type, outputs }) => `${type} ${outputs[0]?.slice(1).join("x")}`);

describe("Keras source", () => {
  it("reads a sequence that grows", () => {
    const text = `
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Flatten, Dense
model = Sequential()
model.add(Conv2D(6, 5, activation="relu", input_shape=(28, 28, 1)))
model.add(MaxPooling2D())
model.add(Flatten())
model.add(Dense(10, activation="softmax"))
`;
    expect(told(text)).toEqual(["Conv2D 24x24x6", "MaxPooling2D 12x12x6", "Flatten 864", "Dense 10"]);
    expect(read(text)).toMatchObject({ framework: "keras", totalParameters: 8806, inputs: [[undefined, 28, 28, 1]], problems: [] });
  });

  it("reads functional models with nested ones, and layers that are shared", () => {
    const text = `
import tensorflow as tf
from tensorflow.keras import layers
a = tf.keras.Input((8,))
shared = layers.Dense(4)
inner = tf.keras.Model(a, shared(a))
x = tf.keras.Input((8,))
model = tf.keras.Model(x, layers.add([inner(x), shared(x)]))
`;
    expect(told(text)).toEqual(["Dense 4", "Dense 4", "Add 4"]);
    expect(read(text).totalParameters).toBe(36);
  });

  it("names layers in the order the program makes them", () => {
    const text = `
import keras
from keras import layers
def block(x):
    a, b = layers.Conv2D(4, 1), layers.Conv2D(4, 3, padding="same")
    return layers.Activation("relu")(layers.add([b(x), a(x)]))
image = keras.Input((8, 8, 3))
model = keras.Model(image, block(image))
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.stem = layers.Conv2D(2, 1)
        self.unused = layers.Dense(3)
        self.head = layers.Dense(3)
    def build(self, shape):
        self.late = layers.Conv2D(2, 1)
    def call(self, x):
        return self.head(self.late(self.stem(x)))
`;
    const names = (target: string) => read(text, target).layers.map(({ name }) => name);
    expect(names("model")).toEqual(["conv2d_1", "conv2d", "add", "activation"]);
    // The program has made the others before.
    expect(names("keras.Model(image, block(block(image)))")).toEqual([
      "conv2d_3",
      "conv2d_2",
      "add_1",
      "activation_1",
      "conv2d_5",
      "conv2d_4",
      "add_2",
      "activation_2",
    ]);
    expect(names("Net()")).toEqual(["conv2d_2", "conv2d_3", "dense_1"]);
  });

  it("runs what is equally far from the output in Keras' order", () => {
    const text = `
import keras
from keras import layers
image = keras.Input((8, 8, 3))
left = layers.Conv2D(4, 1, name="c2")(layers.Conv2D(5, 1, name="c1")(image))
right = layers.Conv2D(4, 1, name="d2")(layers.Conv2D(6, 1, name="d1")(image))
model = keras.Model(image, layers.Add(name="sum")([left, right]))
`;
    // As an installed Keras runs and lists them.
    expect(read(text).layers.map(({ name }) => name)).toEqual(["d1", "c1", "c2", "d2", "sum"]);
    expect(told(`${text}second = keras.Model(image, model.layers[1].output)`, "second")).toEqual(["Conv2D 8x8x5"]);
  });

  it("finds layers by the names that Keras gives them", () => {
    const text = `
import keras
from keras import layers
base = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.Conv2D(5, 3)])
model = keras.Model(base.input, base.get_layer("conv2d").output)
`;
    expect(told(text)).toEqual(["Conv2D 6x6x4"]);
  });

  it.each([
    ["a layer that was applied", "keras.Sequential([base.get_layer('stem'), layers.Flatten()])", ["Conv2D 6x6x4", "Flatten 144"]],
    ["layers of another model", "keras.Sequential(base.layers[:-1] + [layers.Flatten()])", ["Conv2D 6x6x4", "Flatten 144"]],
    ["a stack that was applied", "keras.Sequential([stack, layers.Flatten()])", ["Conv2D 8x8x2", "Flatten 128"]],
    [
      "a stack inside of a stack",
      "keras.Sequential([keras.Sequential([base]), layers.Dense(1)])",
      ["Conv2D 6x6x4", "Dense 6x6x3", "Dense 6x6x1"],
    ],
  ])("knows the input of a sequence from %s", (_, made, layers) => {
    const text = `
import keras
from keras import layers
image = keras.Input((8, 8, 3))
base = keras.Model(image, layers.Dense(3)(layers.Conv2D(4, 3, name="stem")(image)))
stack = keras.Sequential([layers.Conv2D(2, 1)])
stack(image)
model = ${made}
`;
    expect(told(text)).toEqual(layers);
    expect(read(text)).toMatchObject({ inputs: [[undefined, 8, 8, 3]], inputOrigin: "file" });
  });

  it("gives `training` to layers that do not take it, as Keras does, and to stacks with a call of their own", () => {
    const text = `
import tensorflow as tf
from tensorflow.keras import layers
class Block(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.conv = layers.Conv2D(filters, 3, padding="same")
    def call(self, x):
        return self.conv(x)
class Both(tf.keras.Sequential):
    def call(self, x, other, training=None):
        for layer in self.layers:
            x = layer(x, training=training)
        return tf.concat([x, other], axis=-1)
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.body = Both([Block(4), Block(5)])
    def call(self, x, training=None):
        height, width = x.get_shape().as_list()[1:3]
        x = self.body(x, x, training=training)
        return tf.image.resize(tf.nn.lrn(x, bias=2), (height * 2, width * x.shape.rank))
model = Net()
model.build((None, 8, 8, 3))
`;
    expect(read(text)).toMatchObject({ outputs: [[undefined, 16, 32, 8]], problems: [] });
  });

  it("counts the input among the layers of a functional model", () => {
    const text = `
import keras
from keras import layers
a = keras.Input((32, 32, 3))
base = keras.Model(a, layers.Conv2D(16, 3)(layers.Conv2D(8, 3)(a)))
for layer in base.layers[:2]:
    layer.trainable = False
model = keras.Model(base.layers[0].output, base.layers[1].output)
`;
    expect(told(text)).toEqual(["Conv2D 30x30x8"]);
  });

  it("reads classes of the program, with weights of their own", () => {
    const text = `
import keras
class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],))
    def call(self, x):
        return x * self.w
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(3)
        self.scale = Scale()
    def call(self, x):
        return self.scale(self.dense(x))
model = Net()
model.build((None, 5))
`;
    expect(told(text)).toEqual(["Dense 3", "Scale 3"]);
    expect(read(text).totalParameters).toBe(21);
  });

  it("says what Keras would refuse, at the argument", () => {
    const text = `
from keras import Sequential, layers
model = Sequential([layers.Input((4, 4, 1)), layers.Conv2D(8, 5)])
`;
    const [problem] = read(text).problems;
    expect(problem?.message).toMatch(/Conv2D kernel_size 5x5 does not fit into 4x4/);
    expect(text.slice(problem?.range.start, problem?.range.end)).toBe("5");
    expect(problem?.fixes[0]?.title).toBe('Set padding "same"');
  });

  // By the table of https://keras.io/api/applications, to the number as Keras 3 counts them.
  it.each([
    ["Xception()", 22_910_480],
    ["ResNet50V2()", 25_613_800],
    ["ResNet101V2()", 44_675_560],
    ["ResNet152V2()", 60_380_648],
    ["InceptionV3()", 23_851_784],
    ["InceptionV3(include_top=False, weights=None, pooling='max', input_shape=(150, 150, 3))", 21_802_784],
    ["MobileNet()", 4_253_864],
    ["MobileNet(input_shape=(128, 128, 3), alpha=0.5, include_top=False, weights=None, pooling='avg')", 829_536],
    ["MobileNetV3Small()", 2_554_968],
    ["MobileNetV3Large(input_shape=(96, 96, 3))", 5_507_432],
    ["MobileNetV3Large((96, 96, 3), 0.75, True, include_top=False, weights=None)", 865_520],
    ["DenseNet121()", 8_062_504],
    ["DenseNet169()", 14_307_880],
    ["DenseNet201(weights=None, classes=10)", 18_341_194],
    ["EfficientNetB0()", 5_330_571],
    ["EfficientNetB3(weights=None, include_top=False)", 10_783_535],
    ["EfficientNetB7()", 66_658_687],
    ["EfficientNetV2B0()", 7_200_312],
    ["EfficientNetV2B3(include_top=False, weights=None, include_preprocessing=False)", 12_930_622],
    ["EfficientNetV2S()", 21_612_360],
    ["EfficientNetV2L()", 119_027_848],
    ["VGG16()", 138_357_544],
    ["VGG19()", 143_667_240],
    ["ResNet50()", 25_636_712],
    ["ResNet101()", 44_707_176],
    ["ResNet152()", 60_419_944],
    ["MobileNetV2()", 3_538_984],
    ["ConvNeXtTiny()", 28_589_128],
    ["ConvNeXtSmall()", 50_223_688],
    ["ConvNeXtBase()", 88_591_464],
    ["ConvNeXtLarge()", 197_767_336],
    ["ConvNeXtXLarge()", 350_196_968],
    ["NASNetMobile()", 5_326_716],
    ["NASNetLarge()", 88_949_818],
    ["InceptionResNetV2()", 55_873_736],
    ["NASNetMobile(include_top=False, weights=None, pooling='avg', input_shape=(96,96,3))", 4_269_716],
    ["InceptionResNetV2(include_top=False, weights=None, input_shape=(150,150,3))", 54_336_736],
    ["ConvNeXtTiny(include_top=False, weights=None, input_shape=(64,64,3), include_preprocessing=False)", 27_820_128],
    ["ConvNeXtTiny(include_top=False, weights=None, pooling='max')", 27_820_128],
    ["VGG16(include_top=False)", 14_714_688],
    ["ResNet50(include_top=False, pooling='avg', input_shape=(64, 64, 3))", 23_587_712],
    ["MobileNetV2(alpha=0.5, include_top=False)", 706_224],
  ])("counts keras.applications.%s as published", (call, parameters) => {
    expect(read(`import keras\nmodel = keras.applications.${call}\n`)).toMatchObject({ totalParameters: parameters, problems: [] });
  });
});
