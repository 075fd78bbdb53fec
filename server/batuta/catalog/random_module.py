"""`random`: CPython's Mersenne Twister and its distributions, bit for bit from the same seed.

The functions of the module and the methods of `random.Random` are the same; each pair is made from one row.
"""

from __future__ import annotations

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_VALUE = ("ValueError",)
_INDEX = ("IndexError",)

# name, parameters and result, Rust call, exceptions, what the case prints (after `r` is seeded with 42)
_ROWS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str], ...] = (
    ("random", (") -> float",), ("random()",), (), "[r.random() for _ in range(3)]"),
    ("uniform", ("a: float, b: float) -> float",), ("uniform({a}, {b})",), (), "r.uniform(-1, 1), r.uniform(2.5, 10.0)"),
    ("randint", ("a: int, b: int) -> int",), ("~randint({a}, {b})",), _VALUE, "[r.randint(1, 6) for _ in range(8)]"),
    (
        "randrange",
        ("stop: int) -> int", "start: int, stop: int) -> int", "start: int, stop: int, step: int) -> int"),
        (
            "~randrange({stop}, None, 1)",
            "~randrange({start}, Some({stop}), 1)",
            "~randrange({start}, Some({stop}), {step})",
        ),
        _VALUE,
        "r.randrange(10), r.randrange(5, 10), r.randrange(0, 100, 7)",
    ),
    ("getrandbits", ("k: int, /) -> int",), ("~getrandbits({k})",), _VALUE, "r.getrandbits(5), r.getrandbits(40)"),
    (
        "choice",
        ("seq: list[T]) -> T", "seq: Iterable[T]) -> T"),
        ("~choice({&seq})", "~choice_of({seq})"),
        _INDEX,
        'r.choice([1, 2, 3]), r.choice("abc"), r.choice(range(10)), r.choice((4, 5))',
    ),
    (
        "choices",
        (
            "population: Iterable[T], *, k: int = 1) -> list[T]",
            "population: Iterable[T], weights: Iterable[int], *, k: int = 1) -> list[T]",
            "population: Iterable[T], weights: Iterable[float], *, k: int = 1) -> list[T]",
            "population: Iterable[T], *, cum_weights: Iterable[int], k: int = 1) -> list[T]",
            "population: Iterable[T], *, cum_weights: Iterable[float], k: int = 1) -> list[T]",
        ),
        (
            "~choices({population}, {k})",
            "~choices_by_weight({population}, {weights}, false, {k})",
            "~choices_by_weight({population}, {weights}, false, {k})",
            "~choices_by_weight({population}, {cum_weights}, true, {k})",
            "~choices_by_weight({population}, {cum_weights}, true, {k})",
        ),
        ("ValueError", "IndexError"),
        "r.choices([1, 2, 3], k=4), r.choices('ab', [3, 1], k=5), r.choices('ab', weights=[0.5, 0.1])",
    ),
    (
        "sample",
        ("population: Iterable[T], k: int) -> list[T]",),
        ("~sample({population}, {k})",),
        _VALUE,
        "r.sample(range(100), 5), r.sample([1, 2, 3], 2), r.sample(['a', 'b'], k=1)",
    ),
    (
        "triangular",
        ("low: float = 0.0, high: float = 1.0, mode: float | None = None) -> float",),
        ("triangular({low}, {high}, {mode})",),
        (),
        "r.triangular(), r.triangular(1, 5, 2)",
    ),
    (
        "gauss",
        ("mu: float = 0.0, sigma: float = 1.0) -> float",),
        ("gauss({mu}, {sigma})",),
        (),
        "r.gauss(0, 1), r.gauss(), r.gauss(5, 2)",
    ),
    (
        "normalvariate",
        ("mu: float = 0.0, sigma: float = 1.0) -> float",),
        ("normalvariate({mu}, {sigma})",),
        (),
        "r.normalvariate(0, 1), r.normalvariate(5, 2)",
    ),
    (
        "lognormvariate",
        ("mu: float, sigma: float) -> float",),
        ("lognormvariate({mu}, {sigma})",),
        (),
        "r.lognormvariate(0, 0.5)",
    ),
    ("expovariate", ("lambd: float) -> float",), ("~expovariate({lambd})",), ("ZeroDivisionError",), "r.expovariate(1.5)"),
    (
        "vonmisesvariate",
        ("mu: float, kappa: float) -> float",),
        ("vonmisesvariate({mu}, {kappa})",),
        (),
        "r.vonmisesvariate(1, 4)",
    ),
    (
        "gammavariate",
        ("alpha: float, beta: float) -> float",),
        ("~gammavariate({alpha}, {beta})",),
        _VALUE,
        "r.gammavariate(2, 1.5)",
    ),
    (
        "betavariate",
        ("alpha: float, beta: float) -> float",),
        ("~betavariate({alpha}, {beta})",),
        _VALUE,
        "r.betavariate(2, 3)",
    ),
    ("paretovariate", ("alpha: float) -> float",), ("paretovariate({alpha})",), (), "r.paretovariate(3)"),
    (
        "weibullvariate",
        ("alpha: float, beta: float) -> float",),
        ("weibullvariate({alpha}, {beta})",),
        (),
        "r.weibullvariate(1, 2)",
    ),
)


def _function(row: tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str]) -> Entry:
    name, signatures, forms, raises, shown = row
    return Entry(
        f"random.{name}",
        tuple(f"({each}" for each in signatures),
        tuple(f"py::random::{each}" for each in forms),
        raises=raises,
        effects=("draws",),
        case=f"import random\nrandom.seed(42)\nprint({shown.replace('r.', 'random.')})\n",
    )


def _method(row: tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str]) -> Entry:
    name, signatures, forms, raises, shown = row
    return Entry(
        f"random.Random.{name}",
        tuple(f'(self: "random.Random", {each}'.replace(", )", ")") for each in signatures),
        tuple("{self}." + each for each in forms),
        kind="method",
        raises=raises,
        effects=("draws",),
        case=f"import random\nr = random.Random(42)\nprint({shown})\n",
    )


_SEEDS = ("a: int) -> None", "a: float) -> None", ") -> None", "a: None) -> None", "a: str) -> None")
_SEED_FORMS = ("seed({a})", "seed({a})", "seed(())", "seed(())", "seed::<&str>({&a})")

SHELF = Shelf(
    module="random",
    entries=(
        Entry(
            "random.seed",
            tuple(f"({each}" for each in _SEEDS),
            tuple(f"py::random::{each}" for each in _SEED_FORMS),
            effects=("draws",),
            case="import random\nrandom.seed(7)\nprint(random.random())\n"
            "for text in ('', 'a', 'some text é'):\n    random.seed(text)\n    print(random.random())\n",
        ),
        Entry(
            "random.Random.seed",
            tuple(f'(self: "random.Random", {each}'.replace(", )", ")") for each in _SEEDS),
            tuple("{self}." + each.replace("::<&str>", "") for each in _SEED_FORMS),
            kind="method",
            effects=("draws",),
            case="import random\nr = random.Random(1)\nr.seed(7)\nprint(r.random())\n",
        ),
        Entry(
            "random.Random",
            (
                '(seed: int) -> "random.Random"',
                '(seed: float) -> "random.Random"',
                '() -> "random.Random"',
                '(seed: str) -> "random.Random"',
            ),
            (
                "py::random::Random::new({seed})",
                "py::random::Random::new({seed})",
                "py::random::Random::unseeded()",
                "py::random::Random::new(&*{seed})",
            ),
            kind="class",
            case="import random\nr = random.Random(3)\ns = random.Random(3)\nprint(r.random() == s.random())\n",
        ),
        Entry(
            "random.shuffle",
            "(x: list[T]) -> None",
            "py::random::shuffle({mut x})",
            mutates=("x",),
            effects=("draws",),
            case="import random\nrandom.seed(42)\nxs = list(range(10))\nrandom.shuffle(xs)\nprint(xs)\n",
        ),
        Entry(
            "random.Random.shuffle",
            '(self: "random.Random", x: list[T]) -> None',
            "{self}.shuffle({mut x})",
            kind="method",
            mutates=("x",),
            effects=("draws",),
            case="import random\nr = random.Random(42)\nxs = list(range(10))\nr.shuffle(xs)\nprint(xs)\n",
        ),
        *(_function(row) for row in _ROWS),
        *(_method(row) for row in _ROWS),
    ),
    classes=(LibraryClass("random.Random", "py::random::Random", mutable=False),),
    refused={
        "random.SystemRandom": ("its numbers come from the operating system", "Use `random.Random`."),
        "random.getstate": ("the state of a generator is CPython's own", "Seed the generator again."),
        "random.setstate": ("the state of a generator is CPython's own", "Seed the generator again."),
        "random.randbytes": ("it is not translated yet", "Use `getrandbits`."),
    },
)
