import { describe, expect, it } from "vitest";
import { shown } from "./python.js";

/** Small programs and what CPython 3 says `repr(r)` is after them. */
const PROGRAMS: readonly (readonly [name: string, code: string, expected: string])[] = [
  [
    "closures in loops see the last value",
    `
fs = [lambda: i for i in range(3)]
gs = []
for j in range(3):
    gs.append(lambda: j)
r = [f() for f in fs], [g() for g in gs]
`,
    "([2, 2, 2], [2, 2, 2])",
  ],
  [
    "defaults are computed once",
    `
def f(x, acc=[]):
    acc.append(x)
    return acc
f(1); r = f(2), f(3, [])
`,
    "([1, 2], [3])",
  ],
  [
    "the order of bases is C3",
    `
class A: n = "A"
class B(A): pass
class C(A): n = "C"
class D(B, C): pass
r = D.n, [c.__name__ for c in D.__mro__]
`,
    "('C', ['D', 'B', 'C', 'A', 'object'])",
  ],
  [
    "super follows the instance's order",
    `
class A:
    def f(self): return ["A"]
class B(A):
    def f(self): return ["B"] + super().f()
class C(A):
    def f(self): return ["C"] + super().f()
class D(B, C):
    def f(self): return ["D"] + super(D, self).f()
r = D().f()
`,
    "['D', 'B', 'C', 'A']",
  ],
  [
    "keyword arguments spread both ways",
    `
def f(*args, **kwargs): return args, kwargs
def g(a, b=2, *rest, c=3, **kw): return f(a, b, *rest, c=c, **kw)
r = g(1, c=5, z=6), g(*[1, 2, 3, 4], **{"q": 7})
`,
    "(((1, 2), {'c': 5, 'z': 6}), ((1, 2, 3, 4), {'c': 3, 'q': 7}))",
  ],
  [
    "keyword-only and positional-only parameters",
    `
def f(a, /, b, *, c=3): return a, b, c
r = f(1, b=2), f(1, 2, c=4)
`,
    "((1, 2, 3), (1, 2, 4))",
  ],
  [
    "comprehensions have their own scope",
    `
x = 10
squares = [x * x for x in range(3)]
r = x, squares, {k: v for k, v in zip("ab", (1, 2))}, sorted({i % 3 for i in range(7)})
`,
    "(10, [0, 1, 4], {'a': 1, 'b': 2}, [0, 1, 2])",
  ],
  [
    "nested comprehensions",
    `
r = [(i, j) for i in range(3) for j in range(i) if (i + j) % 2], [[c for c in row] for row in ("ab", "cd")]
`,
    "([(1, 0), (2, 1)], [['a', 'b'], ['c', 'd']])",
  ],
  [
    "slices with steps",
    `
a = list(range(10))
r = a[::-1], a[1:8:3], a[-3:], a[:-7], a[8:2:-2], a[5:100], "hello"[::-1], (1, 2, 3)[1:], a[100:]
`,
    "([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 4, 7], [7, 8, 9], [0, 1, 2], [8, 6, 4], [5, 6, 7, 8, 9], 'olleh', (2, 3), [])",
  ],
  [
    "assignment to slices",
    `
a = [0, 1, 2, 3, 4]
a[1:3] = ["x"]
b = [0, 1, 2, 3, 4]
b[::2] = [9, 9, 9]
c = [1, 2, 3]
c[len(c):] = [4]
del b[0]
r = a, b, c
`,
    "([0, 'x', 3, 4], [1, 9, 3, 9], [1, 2, 3, 4])",
  ],
  [
    "f-strings",
    `
n, w, pi = 7, 8, 3.14159
r = f"{n:03d}|{n:>5}|{n:<5}|{n:^5}|{pi:.2f}|{pi:{w}.3f}|{'x'!r}|{n=}|{{}}|{1e6:,}|{255:x}|{255:#b}|{0.5:%}"
`,
    "\"007|    7|7    |  7  |3.14|   3.142|'x'|n=7|{}|1,000,000.0|ff|0b11111111|50.000000%\"",
  ],
  [
    "format and percent",
    `
r = "{} {0!r}".replace("{} ", "").format("a"), "{:>4}|{:<4}|{name}".format(1, 2, name="n"), "%d %s %.3f %5.1f%% %02d" % (3, "x", 2.5, 99.5, 7), "%s" % [1, 2], "block{}_conv{}".format(1, 2), "{0[1]} {1.real}".format([1, 2], 5)
`,
    "(\"'a'\", '   1|2   |n', '3 x 2.500  99.5% 07', '[1, 2]', 'block1_conv2', '2 5')",
  ],
  [
    "integer division of negatives",
    `
r = -7 // 2, 7 // -2, -7 % 3, 7 % -3, -7 / 2, divmod(-7, 2), 7.5 // 2, -7.5 % 2, int(-3.7), 2 ** 10, 2 ** -1, 0 ** 0
`,
    "(-4, -4, 2, -2, -3.5, (-4, 1), 3.0, 0.5, -3, 1024, 0.5, 1)",
  ],
  [
    "rounding goes to the even neighbour",
    `
r = round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(0.125, 2), round(1234, -2), round(2.5, 0)
`,
    "(0, 2, 2, 0, 2.67, 0.12, 1200, 2.0)",
  ],
  [
    "floats as texts",
    `
r = str(1e16), str(1e15), str(1e-5), str(0.0001), str(1.0), str(100.0), str(1/3), str(float("inf")), str(-0.0), repr(1e22), str(123456789.123)
`,
    "('1e+16', '1000000000000000.0', '1e-05', '0.0001', '1.0', '100.0', '0.3333333333333333', 'inf', '-0.0', '1e+22', '123456789.123')",
  ],
  [
    "dataclasses inherit fields",
    `
from dataclasses import dataclass, field, replace, asdict
@dataclass
class Base:
    a: int
    b: int = 2
@dataclass
class Child(Base):
    c: list = field(default_factory=list)
    d: int = field(init=False, default=9)
    def __post_init__(self):
        self.d = self.a + self.b
x = Child(1); x.c.append(5)
y = replace(x, b=10)
r = repr(x), x.c, Child(1).c, y.d, asdict(Base(3)), Base(1) == Base(1), Base(1) == Base(2)
`,
    "('Child(a=1, b=2, c=[5], d=3)', [5], [], 11, {'a': 3, 'b': 2}, True, False)",
  ],
  [
    "partial keeps its arguments",
    `
from functools import partial, reduce
def f(a, b, c=0): return a, b, c
p = partial(f, 1, c=5)
q = partial(p, c=6)
r = p(2), q(3), p.keywords, reduce(lambda a, b: a * b, [1, 2, 3, 4])
`,
    "((1, 2, 5), (1, 3, 6), {'c': 5}, 24)",
  ],
  [
    "generators",
    `
def count(n):
    for i in range(n):
        yield i
    yield from (10, 20)
g = count(2)
first = next(g)
r = first, list(g), list(g), sum(x for x in count(3)), dict((k, v) for k, v in [("a", 1)])
`,
    "(0, [1, 10, 20], [], 33, {'a': 1})",
  ],
  [
    "unpacking of enumerate and zip",
    `
r = []
for i, (a, b) in enumerate(zip([1, 2], "xy"), start=5):
    r.append((i, a, b))
a, *b, c = range(5)
(d, e), f = [1, 2], 3
r = r, a, b, c, d, e, f
`,
    "([(5, 1, 'x'), (6, 2, 'y')], 0, [1, 2, 3], 4, 1, 2, 3)",
  ],
  [
    "try, else and finally",
    `
log = []
def f(x):
    try:
        if x > 1:
            raise ValueError("no")
        log.append("ok")
    except ValueError as e:
        log.append("caught")
        return 1
    else:
        log.append("else")
    finally:
        log.append("finally")
    return 0
r = f(1), f(2), log
`,
    "(0, 1, ['ok', 'else', 'finally', 'caught', 'finally'])",
  ],
  [
    "while with else and continue",
    `
n = 0; seen = []
while n < 6:
    n += 1
    if n % 2: continue
    seen.append(n)
else:
    seen.append("end")
for i in range(3):
    if i == 1: break
else:
    seen.append("never")
r = seen, i
`,
    "([2, 4, 6, 'end'], 1)",
  ],
  [
    "properties, class and static methods",
    `
class C:
    count = 0
    def __init__(self): self._x = 1; C.count += 1
    @property
    def x(self): return self._x
    @x.setter
    def x(self, v): self._x = v * 2
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def twice(v): return 2 * v
c = C.make(); c.x = 5
r = c.x, C.count, C.twice(4), c.twice(5), type(c).__name__, isinstance(c, C)
`,
    "(10, 1, 8, 10, 'C', True)",
  ],
  [
    "special methods",
    `
class V:
    def __init__(self, *v): self.v = v
    def __add__(self, o): return V(*[a + b for a, b in zip(self.v, o.v)])
    def __rmul__(self, k): return V(*[k * a for a in self.v])
    def __len__(self): return len(self.v)
    def __getitem__(self, i): return self.v[i]
    def __repr__(self): return f"V{self.v}"
    def __call__(self, i): return self.v[i] * 10
    def __contains__(self, x): return x in self.v
    def __eq__(self, o): return self.v == o.v
    def __iter__(self): return iter(self.v)
a = V(1, 2)
r = repr(a + V(3, 4)), repr(2 * a), len(a), a[1], a(0), 2 in a, a == V(1, 2), list(a), [*a], max(a), bool(V())
`,
    "('V(4, 6)', 'V(2, 4)', 2, 2, 10, True, True, [1, 2], [1, 2], 2, False)",
  ],
  [
    "getattr, setattr and hasattr",
    `
class C: pass
c = C()
setattr(c, "layer1", 5)
r = getattr(c, "layer1"), getattr(c, "nope", None), hasattr(c, "layer1"), hasattr(c, "x"), c.__dict__
`,
    "(5, None, True, False, {'layer1': 5})",
  ],
  [
    "strings",
    `
r = "a,b,,c".split(","), " a b ".split(), "x".join("abc"), "Hello World".swapcase(), "ab".center(7, "*"), "abc".find("z"), "a-b-c".rsplit("-", 1), "title case".title(), "xxabxx".strip("x"), "a\\tb", "7".zfill(3), "a.b.c".partition("."), "conv2d_1".startswith(("conv", "pool")), "%s_%s" % ("a", 1)
`,
    "(['a', 'b', '', 'c'], ['a', 'b'], 'axbxc', 'hELLO wORLD', '***ab**', -1, ['a-b', 'c'], 'Title Case', 'ab', 'a\\tb', '007', ('a', '.', 'b.c'), True, 'a_1')",
  ],
  [
    "dictionaries keep their order",
    `
d = {"b": 1, "a": 2}
d["c"] = 3; d["b"] = 9
d.update(e=5)
x = d.pop("a"); y = d.setdefault("z", []); y.append(1)
r = list(d), d, x, d.get("q", 0), list(d.items())[:2], {**d, "b": 0}["b"], dict(zip("ab", range(2))), 1 in {1.0: 2}, {True: "t"}[1]
`,
    "(['b', 'c', 'e', 'z'], {'b': 9, 'c': 3, 'e': 5, 'z': [1]}, 2, 0, [('b', 9), ('c', 3)], 0, {'a': 0, 'b': 1}, True, 't')",
  ],
  [
    "sorting by keys",
    `
w = ["bb", "a", "ccc", "dd"]
r = sorted(w), sorted(w, key=len), sorted(w, key=lambda s: (-len(s), s)), sorted([3, 1, 2], reverse=True), max(w, key=len), min(3, 1, 2), sorted([(1, "b"), (1, "a")])
`,
    "(['a', 'bb', 'ccc', 'dd'], ['a', 'bb', 'dd', 'ccc'], ['ccc', 'bb', 'dd', 'a'], [3, 2, 1], 'ccc', 1, [(1, 'a'), (1, 'b')])",
  ],
  [
    "sets",
    `
a, b = {1, 2, 3}, {2, 3, 4}
r = sorted(a & b), sorted(a | b), sorted(a - b), sorted(a ^ b), a <= {1, 2, 3, 4}, len(set("hello")), frozenset([1]) == {1}
`,
    "([2, 3], [1, 2, 3, 4], [1], [1, 4], True, 4, True)",
  ],
  [
    "walrus and chained comparison",
    `
r = (n := 5) > 3 and n, 1 < 2 < 3, 1 < 3 < 2, [y for x in range(4) if (y := x * 2) > 2], not 0 == False, 3 == 3.0 is not None
`,
    "(5, True, False, [4, 6], False, True)",
  ],
  [
    "and, or give operands",
    `
r = 0 or "x", "" and 1, None or 0, 1 and 2, [] or {} or "z", not [], 1 if [] else 2
`,
    "('x', '', 0, 2, 'z', True, 2)",
  ],
  [
    "global and nonlocal",
    `
n = 1
def f():
    global n
    n += 1
def counter():
    c = 0
    def inc():
        nonlocal c
        c += 1
        return c
    return inc
f(); f(); k = counter(); k()
r = n, k(), counter()()
`,
    "(3, 2, 1)",
  ],
  [
    "decorators with arguments",
    `
import functools
def times(n):
    def deco(f):
        @functools.wraps(f)
        def inner(*a, **k): return [f(*a, **k)] * n
        return inner
    return deco
@times(2)
def hello(x): return x + 1
r = hello(1), hello(x=5), hello.__name__
`,
    "([2, 2], [6, 6], 'hello')",
  ],
  [
    "enumerations",
    `
from enum import Enum, IntEnum, auto
class Color(Enum):
    RED = 1
    BLUE = "b"
    def hot(self): return self is Color.RED
class N(IntEnum):
    A = auto()
    B = auto()
r = Color.RED.value, Color("b").name, Color["RED"] is Color.RED, [c.name for c in Color], Color.RED.hot(), N.B == 2, len(Color), N.A + 1
`,
    "(1, 'BLUE', True, ['RED', 'BLUE'], True, True, 2, 2)",
  ],
  [
    "named tuples",
    `
from collections import namedtuple, OrderedDict, defaultdict, Counter
from typing import NamedTuple
P = namedtuple("P", ["x", "y"])
class Q(NamedTuple):
    a: int
    b: int = 5
p = P(1, y=2); q = Q(3)
x, y = p
d = defaultdict(list); d["a"].append(1); d["b"]
o = OrderedDict([("k", 1)]); o["j"] = 2
r = p.x, p[1], x + y, q.b, q[0], len(q), dict(d), list(o.items()), Counter("abca")["a"], p._replace(x=9).x, isinstance(p, tuple)
`,
    "(1, 2, 3, 5, 3, 2, {'a': [1], 'b': []}, [('k', 1), ('j', 2)], 2, 9, True)",
  ],
  [
    "itertools",
    `
import itertools
r = list(itertools.chain([1], (2, 3))), list(itertools.product("ab", [0, 1])), list(itertools.accumulate([1, 2, 3])), list(itertools.islice(itertools.count(5), 3)), list(itertools.repeat(0, 2)), list(itertools.combinations([1, 2, 3], 2)), list(itertools.zip_longest([1], [2, 3])), list(itertools.chain.from_iterable([[1], [2]]))
`,
    "([1, 2, 3], [('a', 0), ('a', 1), ('b', 0), ('b', 1)], [1, 3, 6], [5, 6, 7], [0, 0], [(1, 2), (1, 3), (2, 3)], [(1, 2), (None, 3)], [1, 2])",
  ],
  [
    "math",
    `
import math
r = math.ceil(2.1), math.floor(-2.1), math.sqrt(16), math.log2(8), math.log(100, 10), math.prod([2, 3]), math.gcd(12, 18), math.pi, math.isclose(0.1 + 0.2, 0.3) if False else True, math.inf > 1, math.ceil(7 / 2) * 2
`,
    "(3, -3, 4.0, 3.0, 2.0, 6, 6, 3.141592653589793, True, True, 8)",
  ],
  [
    "copies",
    `
import copy
a = [[1], {"k": [2]}]
b = copy.copy(a); c = copy.deepcopy(a); d = a[:]
a[0].append(9); a[1]["k"].append(8)
r = b, c, d is a, d
`,
    "([[1, 9], {'k': [2, 8]}], [[1], {'k': [2]}], False, [[1, 9], {'k': [2, 8]}])",
  ],
  [
    "lists grow in place",
    `
a = [1]
b = a
b += [2]
a = a + [3]
c = [[0] * 2 for _ in range(2)]; c[0][0] = 1
e = [[0]] * 2; e[0].append(1)
r = a, b, c, e, [1, 2] * 2, (1,) + (2,), [3] > [2, 9]
`,
    "([1, 2, 3], [1, 2], [[1, 0], [0, 0]], [[0, 1], [0, 1]], [1, 2, 1, 2], (1, 2), True)",
  ],
  [
    "methods as values",
    `
class A:
    def f(self, x): return (self.k, x)
a = A(); a.k = 3
m = a.f
r = m(1), A.f(a, 2), list(map(a.f, [1, 2])), list(map(str.upper, ["a", "b"])), getattr(a, "f")(5)
`,
    "((3, 1), (3, 2), [(3, 1), (3, 2)], ['A', 'B'], (3, 5))",
  ],
  [
    "conversions",
    `
r = int("12"), int("ff", 16), int(" 7 "), float("1.5"), str(None), str(True), bool("False"), list("ab"), tuple([1]), int(True), float(3), int(3.99), list({"a": 1}), str([1, "a", None]), bool([]), abs(-3), int("1_000")
`,
    "(12, 255, 7, 1.5, 'None', 'True', True, ['a', 'b'], (1,), 1, 3.0, 3, ['a'], \"[1, 'a', None]\", False, 3, 1000)",
  ],
  [
    "any, all, filter and map",
    `
r = any([0, 1]), all([]), all([1, 0]), list(filter(None, [0, 1, "", "a"])), list(map(lambda a, b: a + b, [1, 2], [3, 4])), sum([[1], [2]], []), list(reversed([1, 2])), any(x > 2 for x in [1, 3])
`,
    "(True, True, False, [1, 'a'], [4, 6], [1, 2], [2, 1], True)",
  ],
  [
    "class attributes are shared",
    `
class A:
    items = []
    n = 0
a, b = A(), A()
a.items.append(1); a.n += 1
r = b.items, a.n, b.n, A.n, "items" in a.__dict__, "n" in a.__dict__
`,
    "([1], 1, 0, 0, False, True)",
  ],
  [
    "inherited constructors and class variables",
    `
class Block:
    expansion = 1
    def __init__(self, inp, out, stride=1, **kw): self.cfg = (inp, out * self.expansion, stride, kw)
class Bottleneck(Block):
    expansion = 4
    def __init__(self, *args, **kwargs):
        super(Bottleneck, self).__init__(*args, **kwargs)
        self.kind = self.__class__.__name__
def make(block, n): return [block(i, i + 1, stride=2 if i == 0 else 1, d=n) for i in range(n)]
r = [b.cfg for b in make(Bottleneck, 2)], make(Block, 1)[0].cfg, Bottleneck(1, 2).kind
`,
    "([(0, 4, 2, {'d': 2}), (1, 8, 1, {'d': 2})], (0, 1, 2, {'d': 1}), 'Bottleneck')",
  ],
  [
    "configuration lists",
    `
cfg = {"A": [64, "M", 128, "M", (256, 3)], "B": [1]}
layers, c = [], 3
for v in cfg["A"]:
    if v == "M": layers += ["pool"]
    elif isinstance(v, tuple):
        layers += [f"conv{c}x{v[0]}k{v[1]}"]; c, _ = v
    else:
        layers += [f"conv{c}x{v}"]
        c = v
r = layers, len(cfg), "A" in cfg
`,
    "(['conv3x64', 'pool', 'conv64x128', 'pool', 'conv128x256k3'], 2, True)",
  ],
  [
    "make divisible",
    `
def make_divisible(v, divisor=8, min_value=None):
    if min_value is None:
        min_value = divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v
r = [make_divisible(32 * a) for a in (0.35, 0.5, 0.75, 1.0, 1.4)], make_divisible(3, 8), int(32 * 1.1)
`,
    "([16, 16, 24, 32, 48], 8, 35)",
  ],
  [
    "getattr fallbacks of classes",
    `
class A:
    def __getattr__(self, name): return "made " + name
    def __getitem__(self, k): return k
a = A(); a.x = 1
r = a.x, a.y, a[1, 2], a["k"], a[1:2] == slice(1, 2), a[...] is ...
`,
    "(1, 'made y', (1, 2), 'k', True, True)",
  ],
  [
    "printing in loops with else",
    `
def f(n):
    for i in range(2, n):
        if n % i == 0: return i
    else:
        return None
r = f(9), f(7), [f(x) is None for x in (2, 3, 4)]
`,
    "(3, None, [True, True, False])",
  ],
  [
    "exceptions carry on to the caller",
    `
class E(Exception): pass
def f(): raise E("x")
def g():
    try: f()
    except (KeyError, E): return "E"
try:
    [][1]
except IndexError:
    a = "I"
try:
    {}["k"]
except KeyError:
    b = "K"
try:
    int("z")
except ValueError: c = "V"
try:
    None.x
except AttributeError: d = "A"
try:
    1 + "a"
except TypeError: e = "T"
try:
    1 // 0
except ZeroDivisionError: z = "Z"
r = g(), a, b, c, d, e, z
`,
    "('E', 'I', 'K', 'V', 'A', 'T', 'Z')",
  ],
  [
    "exceptions are caught by the first clause that names them",
    `
class Mine(LookupError): pass
def told(f):
    try: f()
    except (KeyError, TypeError): return "KT"
    except ImportError: return "I"
    except LookupError as e: return "L"
    except ArithmeticError: return "A"
    except OSError: return "O"
    except: return "?"
def fail(e):
    def f(): raise e
    return f
def outer():
    try:
        try: [][1]
        except KeyError: return "inner"
        finally: seen.append("f")
    except IndexError: return "outer"
seen = []
r = [told(f) for f in (lambda: {}[1], lambda: [][1], lambda: 1 / 0, fail(Mine()), fail(Mine), fail(IOError("x")), fail(ModuleNotFoundError()), fail(KeyboardInterrupt()))], outer(), seen
`,
    "(['KT', 'L', 'A', 'L', 'L', 'O', 'I', '?'], 'outer', ['f'])",
  ],
  [
    "errors that are not known are for the first clause",
    `
import somewhere
def f(): raise somewhere.Odd()
try: f()
except KeyError: r = "first"
except Exception: r = "second"
`,
    "'first'",
  ],
  [
    "with a context manager",
    `
class M:
    def __enter__(self): return 5
    def __exit__(self, *a): return False
with M() as m, M(): r = m + 1
`,
    "6",
  ],
  [
    "lambda defaults and star lambdas",
    `
f = lambda *a, k=2, **kw: (a, k, kw)
r = f(1, 2), f(k=3, z=1), (lambda: 5)(), (lambda x: lambda y: x + y)(1)(2)
`,
    "(((1, 2), 2, {}), ((), 3, {'z': 1}), 5, 3)",
  ],
  [
    "bit operations",
    `
r = 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 10, 1024 >> 3, -1 >> 1, 2 ** 40 & 2 ** 40, True & False, True + True, -5 & 3, 1 << 40
`,
    "(1, 7, 6, -6, 1024, 128, -1, 1099511627776, False, 2, 3, 1099511627776)",
  ],
  [
    "deletion",
    `
a = {"x": 1, "y": 2}; del a["x"]
b = [1, 2, 3, 4]; del b[1:3]
class C: pass
c = C(); c.z = 1; del c.z
r = a, b, hasattr(c, "z")
`,
    "({'y': 2}, [1, 4], False)",
  ],
  [
    "argparse gives defaults",
    `
import argparse
p = argparse.ArgumentParser()
p.add_argument("--batch-size", type=int, default=64, metavar="N")
p.add_argument("-d", "--depth", default="18", type=int)
p.add_argument("--cuda", action="store_true")
p.add_argument("--lr", type=float, default=0.1)
args = p.parse_args([])
r = args.batch_size, args.depth, args.cuda, args.lr, args.depth + 1
`,
    "(64, 18, False, 0.1, 19)",
  ],
  [
    "conditional imports and try",
    `
try:
    from collections.abc import Iterable
except ImportError:
    from collections import Iterable
def ntuple(n):
    def parse(x):
        if isinstance(x, Iterable): return tuple(x)
        return (x,) * n
    return parse
r = ntuple(2)(3), ntuple(2)([1, 2])
`,
    "((3, 3), (1, 2))",
  ],
  [
    "star expressions in calls and displays",
    `
def f(*a): return a
x = [1, 2]
r = f(*x, 3, *x), [*x, *"ab"], (*x,), {*x}, {**{"a": 1}, **{"a": 2}}, f(*(i for i in x))
`,
    "((1, 2, 3, 1, 2), [1, 2, 'a', 'b'], (1, 2), {1, 2}, {'a': 2}, (1, 2))",
  ],
  [
    "implicit joining of literals",
    `
r = "a" 'b' "c\\n", r"\\d", '''x
y''', b"z" == b"z", "\\x41\\u00e9", "tab\\tq\\"", 'it\\'s', "a" "{}" .format(1)
`,
    "('abc\\n', '\\\\d', 'x\\ny', True, 'Aé', 'tab\\tq\"', \"it's\", 'a1')",
  ],
  [
    "numbers as written",
    `
r = 0xFF, 0b101, 0o17, 1_000_000, 1e3, .5, 5., 1E-2, 10 ** 3, 7 / 1
`,
    "(255, 5, 15, 1000000, 1000.0, 0.5, 5.0, 0.01, 1000, 7.0)",
  ],
  [
    "class bodies compute",
    `
class C:
    a = 2
    b = [a * 2, a + 1]
    def f(self, k=a): return k
    for i in range(3): pass
    c = dict(x=a)
r = C.b, C().f(), C.i, C.c
`,
    "([4, 3], 2, 2, {'x': 2})",
  ],
  [
    "recursion",
    `
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
def flat(x): return [y for i in x for y in flat(i)] if isinstance(x, list) else [x]
r = fib(12), flat([1, [2, [3, [4]]]])
`,
    "(144, [1, 2, 3, 4])",
  ],
  [
    "zip as matrix transpose and dict of lists",
    `
r = list(zip(*[[1, 2], [3, 4]])), list(zip([1, 2], [3])), dict(a=1, **{"b": 2}), [x for x, in [(1,), (2,)]]
`,
    "([(1, 3), (2, 4)], [(1, 3)], {'a': 1, 'b': 2}, [1, 2])",
  ],
  [
    "ternaries and elif chains",
    `
def f(n):
    if n == 18: b = "basic"
    elif n in (50, 101): b = "bottleneck"
    else: raise ValueError("bad")
    return b, 4 if b != "basic" else 1
r = f(18), f(101)
`,
    "(('basic', 1), ('bottleneck', 4))",
  ],
  [
    "abstract classes and mixins",
    `
from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): ...
    def g(self): return self.f() * 2
class M:
    def f(self): return 21
class B(M, A): pass
r = B().g(), issubclass(B, A), isinstance(B(), M), [c.__name__ for c in B.__mro__]
`,
    "(42, True, True, ['B', 'M', 'A', 'ABC', 'object'])",
  ],
  [
    "operator and sorted pairs",
    `
import operator
r = operator.add(1, 2), operator.itemgetter(1)([5, 6]), operator.attrgetter("real")(3), sorted({"b": 1, "a": 2}.items(), key=operator.itemgetter(1)), operator.mul(3, 4)
`,
    "(3, 6, 3, [('b', 1), ('a', 2)], 12)",
  ],
  [
    "string multiplication and comparison",
    `
r = "ab" * 3, "-" * 0, "a" < "b", "Z" < "a", "abc"[1], "abc"[-1], "b" in "abc", len("héllo"), min("hello"), "a" + str(1)
`,
    "('ababab', '', True, True, 'b', 'c', True, 5, 'e', 'a1')",
  ],
  [
    "augmented assignment to attributes and items",
    `
class C: pass
c = C(); c.n = 1; c.n += 2; c.l = [1]; c.l += (2,)
d = {"k": 1}; d["k"] *= 5; a = [1, 2]; a[-1] -= 5; x = 7; x //= 2; y = 2; y **= 3; z = 5; z %= 3
r = c.n, c.l, d, a, x, y, z
`,
    "(3, [1, 2], {'k': 5}, [1, -3], 3, 8, 2)",
  ],
  [
    "chained string methods and slicing of names",
    `
name = "layer1.0.conv1.weight"
parts = name.split(".")
r = parts[-1], ".".join(parts[:-1]), name.replace(".", "_", 2), name.endswith("weight"), name.count("."), name.upper()[:5], name.index("0"), "x".isdigit(), "12".isdigit(), name[name.rfind(".") + 1:]
`,
    "('weight', 'layer1.0.conv1', 'layer1_0_conv1.weight', True, 3, 'LAYER', 7, False, True, 'weight')",
  ],
  [
    "iterators are consumed",
    `
it = iter([1, 2, 3, 4])
a = next(it)
pairs = list(zip(it, it)) if False else [next(it), next(it)]
m = map(str, [1, 2])
r = a, pairs, list(it), next(it, "none"), list(m), list(m), next(iter({"a": 1}))
`,
    "(1, [2, 3], [4], 'none', ['1', '2'], [], 'a')",
  ],
  [
    "numpy on numbers",
    `
import math
def np_prod(x): return math.prod(x)
r = np_prod([2, 3, 4]), round(3.14159, 3), round(-2.5), sum([0.1] * 3), 1e-3
`,
    "(24, 3.142, -2, 0.30000000000000004, 0.001)",
  ],
];

describe("Python", () => {
  for (const [name, code, expected] of PROGRAMS) {
    it(name, async () => {
      expect(await shown(code, "r")).toBe(expected);
    });
  }
});
