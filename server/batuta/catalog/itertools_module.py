"""`itertools`.

Arrangements (`product`, `permutations`, `combinations`) of a length that is written in the call are tuples of that length.
"""

from __future__ import annotations

from batuta.catalog.entry import Call, Entry, NotYet, Shelf
from batuta.ir.types import FLOAT, INT, STR, Array, Dict, Iterator, Range, Scalar, Sequence, Tuple, Type, Unknown, children

_IMPORT = "import itertools\n"
_LONGEST_TUPLE = 8


def _element(found: Type) -> Type:
    """The type of the items of anything that can be iterated."""
    if isinstance(found, Dict):
        return found.key
    if isinstance(found, Range):
        return INT
    if isinstance(found, Scalar):
        return STR if found == STR else INT
    if isinstance(found, Array):
        return FLOAT
    inside = children(found)
    if not inside or isinstance(found, Unknown):
        raise NotYet
    return inside[0]


def _length(call: Call, name: str) -> int | None:
    found = call.constant(name, None) if call.given(name) else None
    return found if isinstance(found, int) and 1 <= found <= _LONGEST_TUPLE else None


def _arranged(name: str) -> dict[str, object]:
    """Result and Rust form of an arrangement whose length is the parameter `r` (or `repeat`)."""
    parameter = "r"

    def result(call: Call) -> Type:
        element = _element(call.type("iterable"))
        length = _length(call, parameter)
        return Iterator(Sequence(element) if length is None else Tuple((element,) * length))

    def rust(call: Call) -> str:
        length = _length(call, parameter)
        form = f"py::itertools::{name}({{iterable}}, {{{parameter}}})"
        if length is None:
            return form
        return f"py::itertools::tuples::<_, ({', '.join(['{type T}'] * length)}{',' * (length == 1)})>({form})"

    return {"result": result, "rust": rust}


def _entry(name: str, signature: str | tuple[str, ...], rust: object, case: str, **more: object) -> Entry:
    return Entry(f"itertools.{name}", signature, rust, case=_IMPORT + case, **more)  # type: ignore[arg-type]


def _product_result(call: Call) -> Type:
    if call.given("repeat"):
        element = _element(call.type("iterable"))
        length = _length(call, "repeat")
        return Iterator(Sequence(element) if length is None else Tuple((element,) * length))
    return Iterator(Tuple(tuple(_element(call.type(each)) for each in "abcd" if call.given(each))))


def _product_repeat(call: Call) -> str:
    length = _length(call, "repeat")
    form = "py::itertools::product_repeat({iterable}, {repeat})"
    return (
        form
        if length is None
        else f"py::itertools::tuples::<_, ({', '.join(['{type T}'] * length)}{',' * (length == 1)})>({form})"
    )


SHELF = Shelf(
    module="itertools",
    entries=(
        _entry(
            "count",
            ("(start: int = 0, step: int = 1) -> Iterator[int]", "(start: float, step: float = 1.0) -> Iterator[float]"),
            ("py::itertools::count({start}, {step})", "py::itertools::count({start}, {step})"),
            "for n in itertools.count(3, 2):\n    if n > 7:\n        break\n    print(n)\n",
        ),
        _entry(
            "cycle",
            "(iterable: Iterable[T], /) -> Iterator[T]",
            "py::itertools::cycle({iterable})",
            "print([x for x, _ in zip(itertools.cycle([1, 2]), range(5))])\n",
        ),
        _entry(
            "repeat",
            "(object: T, times: int | None = None) -> Iterator[T]",
            "py::itertools::repeat({object}, {times})",
            'print(list(itertools.repeat("a", 3)))\n',
        ),
        _entry(
            "chain",
            (
                "(iterable: Iterable[T], /) -> Iterator[T]",
                "(first: Iterable[T], second: Iterable[T], /) -> Iterator[T]",
                "(first: Iterable[T], second: Iterable[T], third: Iterable[T], /) -> Iterator[T]",
                "(first: Iterable[T], second: Iterable[T], third: Iterable[T], fourth: Iterable[T], /) -> Iterator[T]",
            ),
            (
                "IntoIterator::into_iter({iterable})",
                "py::itertools::chain({first}, {second})",
                "py::itertools::chain({first}, py::itertools::chain({second}, {third}))",
                "py::itertools::chain({first}, py::itertools::chain({second}, py::itertools::chain({third}, {fourth})))",
            ),
            "print(list(itertools.chain([1], (2, 3), range(2))))\n",
        ),
        _entry(
            "chain.from_iterable",
            (
                "(iterable: Iterable[str], /) -> Iterator[str]",
                "(iterable: Iterable[tuple[T, T]], /) -> Iterator[T]",
                "(iterable: Iterable[tuple[T, T, T]], /) -> Iterator[T]",
                "(iterable: Iterable[Iterable[T]], /) -> Iterator[T]",
            ),
            (
                "py::itertools::chain_all(py::itertools::letters({iterable}))",
                "py::itertools::chain_all(IntoIterator::into_iter({iterable}).map(<[_; 2]>::from))",
                "py::itertools::chain_all(IntoIterator::into_iter({iterable}).map(<[_; 3]>::from))",
                "py::itertools::chain_all({iterable})",
            ),
            "print(list(itertools.chain.from_iterable([[1], [2, 3]])), list(itertools.chain.from_iterable(['ab', 'c'])))\n"
            "print(sorted(itertools.chain.from_iterable({'a': [1], 'b': [0]}.values())), "
            "list(itertools.chain.from_iterable([(1, 2), (3, 4)])))\n",
        ),
        _entry(
            "islice",
            (
                "(iterable: Iterable[T], stop: int | None, /) -> Iterator[T]",
                "(iterable: Iterable[T], start: int | None, stop: int | None, step: int | None = None, /) -> Iterator[T]",
            ),
            (
                "py::itertools::~islice({iterable}, None, {stop}, None)",
                "py::itertools::~islice({iterable}, {start}, {stop}, {step})",
            ),
            "print(list(itertools.islice(itertools.count(), 3)), list(itertools.islice([1, 2, 3, 4], 1, None, 2)))\n",
            raises=("ValueError",),
        ),
        *(
            _entry(
                name,
                "(predicate: Callable[[T], R], iterable: Iterable[T], /) -> Iterator[T]",
                f"py::itertools::{name}({{fn predicate}}, {{iterable}})",
                f"print(list(itertools.{name}(lambda x: x < 3, [1, 2, 3, 1])))\n",
            )
            for name in ("takewhile", "dropwhile")
        ),
        _entry(
            "filterfalse",
            (
                "(predicate: None, iterable: Iterable[T], /) -> Iterator[T]",
                "(predicate: Callable[[T], R], iterable: Iterable[T], /) -> Iterator[T]",
            ),
            ("py::itertools::filter_untrue({iterable})", "py::itertools::filterfalse({fn predicate}, {iterable})"),
            "print(list(itertools.filterfalse(lambda x: x < 3, [1, 2, 3, 1])), list(itertools.filterfalse(None, [0, 1, 0])))\n",
        ),
        _entry(
            "tee",
            ("(iterable: Iterable[T], /) -> tuple[Iterator[T], Iterator[T]]",),
            ("py::itertools::tee({iterable})",),
            "first, second = itertools.tee(x * x for x in [1, 2, 3])\nprint(next(first), list(second), list(first))\n",
            notes="Two iterators.",
        ),
        _entry(
            "compress",
            "(data: Iterable[T], selectors: Iterable[S]) -> Iterator[T]",
            "py::itertools::compress({data}, {selectors})",
            'print(list(itertools.compress("abc", [1, 0, 1])))\n',
        ),
        _entry(
            "product",
            (
                "(iterable: Iterable[T], /, *, repeat: int) -> Iterator[tuple[T, ...]]",
                "(a: Iterable[A], b: Iterable[B], /) -> Iterator[tuple[A, B]]",
                "(a: Iterable[A], b: Iterable[B], c: Iterable[C], /) -> Iterator[tuple[A, B, C]]",
                "(a: Iterable[A], b: Iterable[B], c: Iterable[C], d: Iterable[D], /) -> Iterator[tuple[A, B, C, D]]",
            ),
            (
                _product_repeat,
                "py::itertools::product2({a}, {b})",
                "py::itertools::product3({a}, {b}, {c})",
                "py::itertools::product4({a}, {b}, {c}, {d})",
            ),
            'print(list(itertools.product([1, 2], "ab")))\nfor a, b, c in itertools.product([0, 1], [0, 1], [2]):\n'
            "    print(a, b, c)\n",
            result=_product_result,
        ),
        _entry(
            "product.of_all",
            (
                "(lists: Iterable[str]) -> Iterator[tuple[str, ...]]",
                "(lists: Iterable[Iterable[T]]) -> Iterator[tuple[T, ...]]",
            ),
            ("py::itertools::product_of(py::itertools::letters({lists}))", "py::itertools::product_of({lists})"),
            "print(list(itertools.product(*['ab', 'cd'])))\nlists = [[1, 2], [3], [4, 5]]\nprint(list(itertools.product(*lists)), list(itertools.product(*lists[:1])))\n",
            notes="What `product(*lists)` means.",
        ),
        _entry(
            "permutations",
            ("(iterable: Iterable[T], r: int | None = None) -> Iterator[tuple[T, ...]]",),
            _arranged("permutations")["rust"],
            "print(list(itertools.permutations([1, 2, 3], 2)))\nfor p in itertools.permutations([1, 2, 3]):\n"
            "    print(p[0], sum(p))\n",
            result=_arranged("permutations")["result"],
        ),
        *(
            _entry(
                name,
                "(iterable: Iterable[T], r: int) -> Iterator[tuple[T, ...]]",
                _arranged(name)["rust"],
                f"print(list(itertools.{name}([1, 2, 3], 2)))\nfor a, b in itertools.{name}('xyz', 2):\n    print(a, b)\n",
                result=_arranged(name)["result"],
            )
            for name in ("combinations", "combinations_with_replacement")
        ),
        _entry(
            "accumulate",
            (
                "(iterable: Iterable[int], /) -> Iterator[int]",
                "(iterable: Iterable[float], /) -> Iterator[float]",
                "(iterable: Iterable[num], /) -> Iterator[num]",
                "(iterable: Iterable[str], /) -> Iterator[str]",
                "(iterable: Iterable[int], /, *, initial: int) -> Iterator[int]",
                "(iterable: Iterable[num], /, *, initial: num) -> Iterator[num]",
                "(iterable: Iterable[float], /, *, initial: float) -> Iterator[float]",
                "(iterable: Iterable[T], func: Callable[[T, T], T]) -> Iterator[T]",
                "(iterable: Iterable[T], func: Callable[[A, T], A], *, initial: A) -> Iterator[A]",
            ),
            (
                "py::itertools::accumulate({iterable})",
                "py::itertools::accumulate({iterable})",
                "py::itertools::accumulate({iterable})",
                'py::itertools::accumulate_by({iterable}, |total: &String, item: &String| format!("{{total}}{{item}}"))',
                "py::itertools::accumulate(std::iter::once({initial}).chain({iterable}))",
                "py::itertools::accumulate(std::iter::once({initial}).chain({iterable}))",
                "py::itertools::accumulate(std::iter::once({initial}).chain({iterable}))",
                "py::itertools::accumulate_by({iterable}, {fn func})",
                "py::itertools::accumulate_from({iterable}, {fn func}, {initial})",
            ),
            "print(list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([3, 1, 4], max)))\n"
            "print(list(itertools.accumulate([1, 2], initial=10)), list(itertools.accumulate([1.5], initial=0.0)), "
            "list(itertools.accumulate([1, 2.5, 3])), list(itertools.accumulate([0.5], initial=1)), "
            "list(itertools.accumulate('abc')))\n"
            "print(list(itertools.accumulate(['a', 'bb'], lambda total, word: total + len(word), initial=0)))\n",
        ),
        _entry(
            "groupby",
            (
                "(iterable: Iterable[T], key: Callable[[T], K]) -> Iterator[tuple[K, list[T]]]",
                "(iterable: Iterable[T]) -> Iterator[tuple[T, list[T]]]",
            ),
            (
                "py::itertools::groupby({iterable}, {fn key})",
                "py::itertools::groupby({iterable}, |item: &{type T}| item.clone())",
            ),
            "for key, group in itertools.groupby([1, 3, 2, 4], key=lambda n: n % 2):\n    print(key, list(group))\n",
            notes="A group is a list here: it does not vanish when the next group is asked for.",
        ),
        _entry(
            "zip_longest",
            (
                "(a: Iterable[A], b: Iterable[B], /) -> Iterator[tuple[A | None, B | None]]",
                "(a: Iterable[A], b: Iterable[A], /, *, fillvalue: A) -> Iterator[tuple[A, A]]",
                "(a: Iterable[A], b: Iterable[B], c: Iterable[C], /) -> Iterator[tuple[A | None, B | None, C | None]]",
                "(a: Iterable[A], b: Iterable[A], c: Iterable[A], /, *, fillvalue: A) -> Iterator[tuple[A, A, A]]",
            ),
            (
                "py::itertools::zip_longest_or_none({a}, {b})",
                "py::itertools::zip_longest({a}, {b}, {fillvalue})",
                "py::itertools::zip_longest3_or_none({a}, {b}, {c})",
                "py::itertools::zip_longest3({a}, {b}, {c}, {fillvalue})",
            ),
            "print(list(itertools.zip_longest([1, 2], [3])), list(itertools.zip_longest([1, 2], [3], fillvalue=0)))\n"
            "print(list(itertools.zip_longest([1, 2], 'a', fillvalue='-')), list(itertools.zip_longest([1], [2.5, 3.5], fillvalue=0)))\n"
            "print(list(itertools.zip_longest([1, 2], 'a', [2.5])), list(itertools.zip_longest('ab', 'c', 'def', fillvalue='-')))\n",
        ),
        _entry(
            "zip_longest.of_all",
            (
                "(lists: Iterable[str]) -> Iterator[tuple[str | None, ...]]",
                "(lists: Iterable[str], *, fillvalue: str) -> Iterator[tuple[str, ...]]",
                "(lists: Iterable[Iterable[T]]) -> Iterator[tuple[T | None, ...]]",
                "(lists: Iterable[Iterable[T]], *, fillvalue: T) -> Iterator[tuple[T, ...]]",
            ),
            (
                "py::itertools::zip_longest_all_or_none(py::itertools::letters({lists}))",
                "py::itertools::zip_longest_all(py::itertools::letters({lists}), {fillvalue})",
                "py::itertools::zip_longest_all_or_none({lists})",
                "py::itertools::zip_longest_all({lists}, {fillvalue})",
            ),
            "print([''.join(row) for row in itertools.zip_longest(*['abc', 'd'], fillvalue='-')])\n"
            "rows = [[1, 2, 3], [4], [5, 6]]\nprint(list(itertools.zip_longest(*rows)), list(itertools.zip_longest(*rows, fillvalue=0)))\n",
            notes="What `zip_longest(*lists)` means.",
        ),
        _entry(
            "starmap",
            (
                "(function: Callable[[A, B], U], iterable: Iterable[tuple[A, B]], /) -> Iterator[U]",
                "(function: Callable[[A, B, C], U], iterable: Iterable[tuple[A, B, C]], /) -> Iterator[U]",
            ),
            ("py::itertools::starmap({fn function}, {iterable})", "py::itertools::starmap3({fn function}, {iterable})"),
            "print(list(itertools.starmap(lambda a, b: a * b, [(1, 2), (3, 4)])))\n"
            "print(list(itertools.starmap(lambda a, b, c: a + b + c, [(1, 2, 3)])))\n",
        ),
        _entry(
            "pairwise",
            "(iterable: Iterable[T], /) -> Iterator[tuple[T, T]]",
            "py::itertools::pairwise({iterable})",
            "print(list(itertools.pairwise([1, 2, 4])))\n",
        ),
    ),
)
