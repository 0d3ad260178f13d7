/** Kinds of layers that look alike in the drawing. */
export const FAMILIES = ["convolution", "pooling", "normalization", "activation", "dense", "merge", "reshape", "other"] as const;
export type Family = (typeof FAMILIES)[number];

/** First match counts, so what others contain stands first: AveragePooling before Average, UpsamplingBilinear before Linear. */
const WORDS: readonly (readonly [Family, RegExp])[] = [
  ["convolution", /conv/],
  ["pooling", /pool/],
  ["normalization", /norm|lrn/],
  ["reshape", /upsampl|resiz|interpolate|padding|pad(v\d+)?$|cropping/],
  ["dense", /dense|linear|gemm|matmul|innerproduct|fullyconnected|bilinear|einsum|bmm|addmm/],
  ["activation", /relu|elu$|sigmoid|tanh|softmax|softmin|softplus|softsign|swish|silu|mish|clip|activation|erf$|tanhshrink|glu$/],
  [
    "merge",
    /^(add|addn|addv2|sub|subtract|mul|multiply|div|divide|realdiv|truediv|concat|concatenate|concatv2|cat|hcat|vcat|stack|pack|average|avg|max|min|maximum|minimum|mean|sum|dot|merge|parallel|skipconnection|biasadd|[+*/-])$/,
  ],
  [
    "reshape",
    /flatten|reshape|view|permute|transpose|squeeze|expand|slice|split|chunk|unbind|gather|shape|space|depth|shuffle|tile|repeat|cast|identity|rescaling/,
  ],
];

/** Models have few types and many layers. */
const known = new Map<string, Family>();

/** The family of a layer or operation by what its framework calls it. */
export function familyOf(type: string): Family {
  let family = known.get(type);
  if (family === undefined) {
    const word = (type.split(/[.:]/).at(-1) ?? type).replaceAll("_", "").toLowerCase();
    family = WORDS.find(([, pattern]) => pattern.test(word))?.[0] ?? "other";
    known.set(type, family);
  }
  return family;
}
