import type { Library } from "../library.js";
import type { ModuleValue } from "../values.js";
import { ABC } from "./modules/abc.js";
import { ARGPARSE } from "./modules/argparse.js";
import { ABSTRACT, COLLECTIONS } from "./modules/collections.js";
import { CONTEXTLIB } from "./modules/contextlib.js";
import { COPY } from "./modules/copy.js";
import { DATACLASSES } from "./modules/dataclasses.js";
import { ENUMS } from "./modules/enum.js";
import { FUNCTOOLS } from "./modules/functools.js";
import { ITERTOOLS } from "./modules/itertools.js";
import { MATH } from "./modules/math.js";
import { harmless } from "./modules/module.js";
import { NUMPY } from "./modules/numpy.js";
import { OPERATOR } from "./modules/operator.js";
import { TYPING } from "./modules/typing.js";

const KNOWN: readonly ModuleValue[] = [
  ABC,
  ABSTRACT,
  ARGPARSE,
  COLLECTIONS,
  CONTEXTLIB,
  COPY,
  DATACLASSES,
  ENUMS,
  FUNCTOOLS,
  ITERTOOLS,
  MATH,
  NUMPY,
  OPERATOR,
  TYPING,
];

/** Of these nothing is computed, and nothing needs to be said either. */
const HARMLESS =
  "os os.path sys json re time datetime random logging warnings pathlib string struct pickle glob shutil csv inspect types urllib urllib.request tempfile io uuid platform subprocess threading multiprocessing traceback textwrap pprint numbers decimal fractions statistics bisect heapq hashlib base64 gc signal socket zipfile gzip tarfile importlib unittest matplotlib matplotlib.pyplot PIL cv2 tqdm pandas sklearn scipy yaml";

const MODULES: ReadonlyMap<string, ModuleValue> = new Map([
  ...HARMLESS.split(" ").map((name) => [name, harmless(name)] as const),
  ...KNOWN.map((known) => [known.name, known] as const),
  ["typing_extensions", TYPING],
]);

/** Python's standard library and numpy, as far as they compute what models are built of. */
export const PYTHON_LIBRARY: Library = { module: (name) => MODULES.get(name) };
