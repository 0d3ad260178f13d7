/** Networks to begin with. They are the files of `examples/`, which are part of the extension. */
export interface Template {
  readonly file: string;
  readonly title: string;
  /** For whom it is, in a few words. */
  readonly detail: string;
}

export const TEMPLATES: readonly Template[] = [
  { file: "glyphs.cnn.json", title: "Glyphs", detail: "Digits and capital letters drawn from fonts; needs no download" },
  { file: "lenet5.cnn.json", title: "LeNet-5", detail: "The classic for digits: two convolutions, three dense layers" },
  { file: "convnet.cnn.json", title: "ConvNet", detail: "Two convolutions with batch normalization" },
  { file: "residual.cnn.json", title: "Residual network", detail: "Convolutions with shortcuts around them, joined by add" },
];

/** `lenet5.cnn.json`, or `lenet5-2.cnn.json` and so on where that name is taken. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/\.cnn\.json$/, "");
  for (let n = 2; ; n++) {
    const name = `${stem}-${n}.cnn.json`;
    if (!taken.has(name)) return name;
  }
}
