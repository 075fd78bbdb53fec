"""The module `sklearn.feature_extraction.text`.

A sparse matrix is held as a dense table of its own type: it goes into estimators, has a shape and becomes an array by
`toarray()`; printing it, indexing it and arithmetic with it are refused.

## Before
    X = TfidfVectorizer(ngram_range=(1, 2)).fit_transform(texts)
## After
    let x = sklearn::TfidfVectorizer::new().ngram_range((1, 2)).fit_transform(&sklearn::texts(&texts));
## Same numbers
    the same words in the same order; weights to the last digits
## Not handled
    analyzers and tokenizers that are functions, token patterns of several sorts of characters, a fixed vocabulary, hashing
"""

import ast
import re
from typing import Any

from batuta.catalog._estimators import ML, NAMES, SOLVED, TABLE, TRANSFORMER, attribute, constructor, estimator_class, method
from batuta.catalog._stop_words import english
from batuta.catalog.entry import Call, Entry, LibraryClass, NotYet, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.feature_extraction.text"
_COUNTS = f"{_MODULE}.CountVectorizer"
_WEIGHTS = f"{_MODULE}.TfidfVectorizer"
_TRANSFORMER = f"{_MODULE}.TfidfTransformer"
_WHOLE = "scipy.sparse.csr_matrix of counts"
_USUAL = r"(?u)\b\w\w+\b"
_CLASS = r"\[\^?(?:[^\]\\]|\\[wWdDsS\W])+\]|\\[wWdDsS]"
_PATTERN = re.compile(rf"(?:\(\?u\))?(?:\\b)?({_CLASS})(?:[+*]|\{{\d+,?\d*\}})?(?:\1(?:[+*]|\{{\d+,?\d*\}})?)*(?:\\b)?")
"""Runs of one sort of characters."""
_READING = (
    "input: Any = 'content', encoding: Any = 'utf-8', decode_error: Any = 'strict', strip_accents: Any = None, "
    "lowercase: bool = True, preprocessor: Any = None, tokenizer: Any = None, "
)
_LIMITS = (
    "ngram_range: Any = (1, 1), {}max_df: int | float = 1.0, min_df: int | float = 1, max_features: int | None = None, "
    "vocabulary: Any = None, binary: bool = False, dtype: Any = None"
)
_RULES = "norm: str | None = 'l2', use_idf: bool = True, smooth_idf: bool = True, sublinear_tf: bool = False"
_DOT = "."
_ANALYZER, _NOTHING = "analyzer: Any = 'word', ", ""
_USED = {
    "analyzer": "",
    "lowercase": "",
    "stop_words": "words",
    "token_pattern": "",
    "ngram_range": "",
    "max_df": "variant",
    "min_df": "variant",
    "max_features": "",
    "binary": "",
}
_TEXTS = "raw_documents: arraylike[str, 1]"
_POOL = "&sklearn::texts({&raw_documents})"


def _check(call: Call) -> None:
    pattern = call.constant("token_pattern")
    if not isinstance(pattern, str) or not _PATTERN.fullmatch(pattern):
        raise Refusal("BAT103", f"`token_pattern={call.source('token_pattern')}` is not translated", "Leave it out.")
    words = call.constant("stop_words", default=NotImplemented)
    if isinstance(words, str) and (words != "english" or not english()):
        raise Refusal("BAT103", "the library's own list of stop words is not at hand", "Pass a list of words.")
    pair = call.constant("ngram_range")
    if not isinstance(pair, tuple) or len(pair) != 2 or not all(isinstance(each, int) for each in pair):
        raise Refusal("BAT103", f"`ngram_range={call.source('ngram_range')}` is not translated", "Write a pair of numbers.")


def _methods(owner: str, result: str) -> tuple[Entry, ...]:
    me = f'self: "{owner}"'
    names = "get_feature_names_out"
    return (
        method(
            owner, "fit", f"({me}, {_TEXTS}, y: Any = None) -> Self", f"{{self}}.~fit_alone({_POOL})", raises=("ValueError",)
        ),
        method(owner, "transform", f'({me}, {_TEXTS}) -> "{result}"', f"{{self}}.~transform({_POOL})"),
        method(
            owner,
            "fit_transform",
            f'({me}, {_TEXTS}, y: Any = None) -> "{result}"',
            f"{{self}}.~fit_transform({_POOL})",
            raises=("ValueError",),
        ),
        method(
            owner,
            names,
            f'({me}) -> "{NAMES}"',
            f"{{self}}.~{names}()",
            raises=("AttributeError",),
        ),
        attribute(owner, "vocabulary_", "dict[str, int]"),
    )


def _case(name: str, arguments: str, shown: str) -> str:
    return (
        "import numpy as np\nfrom sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer\n"
        "texts = ['The cat sat on the mat.', 'A dog and a cat!', 'Dogs chase the big cat, the big dog too']\n"
        f"vectorizer = {name}({arguments})\nX = vectorizer.fit_transform(texts)\n"
        "print(X.shape, vectorizer.get_feature_names_out(), vectorizer.vocabulary_)\nprint(np.round(X.toarray(), 8))\n"
        f"print(np.round(vectorizer.transform(['cat and mouse', 'big big dog']).toarray(), 8))\n{shown}"
    )


def _rows(call: Any) -> str:
    """`X[i]`, `X[a:b]`, `X[mask]`, `X[places]`."""
    node = call.node("key")
    if isinstance(node, ast.Slice):
        parts = []
        for each in (node.lower, node.upper, node.step):
            text = "None" if each is None else f"Some({call.lower(each, 'own')})"
            parts.append(text.replace("{", "{{").replace("}", "}}"))
        return f"sklearn::text::~rows_between(&{{self}}, {', '.join(parts)})"
    match call.type("key"):
        case t.Scalar("int") | t.NumpyScalar("int64"):
            return "sklearn::text::~row(&{self}, {key})"
        case t.Array("int64", 1) | t.List(t.Scalar("int")):
            return "sklearn::text::~chosen_rows(&{self}, {&key})"
        case t.Array("bool", 1):
            return "sklearn::text::~masked_rows(&{self}, {&key})"
        case t.Unknown() | t.NEVER:
            raise NotYet
    raise Refusal(
        "BAT103", f"rows at {t.show(call.type('key'))} are not translated", "Use a position, a slice, a mask or positions."
    )


def _matrix(owner: str, dtype: str, item: str) -> tuple[Entry, ...]:
    me = f'self: "{owner}"'
    convert = "np::to_int64(&{self})" if dtype == "int64" else "{self}.clone()"

    def member(name: str, result: str, rust: str, kind: Any) -> Entry:
        return Entry(f"{owner}.{name}", f"({me}) -> {result}", rust, kind=kind, features=ML)

    total = f"numpy.matrix of {'counts' if dtype == 'int64' else 'numbers'}"

    def added(call: Call) -> int | None:
        found = call.constant("axis", default=...)
        if found not in (None, 0, 1, -1, -2) or isinstance(found, bool):
            raise Refusal("BAT103", f"`axis={call.source('axis')}` is not translated", "Use 0, 1 or None.")
        return None if found is None else found % 2

    return (
        Entry(
            f"{owner}.sum",
            f"({me}, axis: Any = None) -> Any",
            lambda call: (
                f"sklearn::text::{'sum' if added(call) is None else 'sums'}(&{{self}}{', ' + str(added(call)) if added(call) is not None else ''})"
                + (" as i64" if added(call) is None and dtype == "int64" else "")
                if added(call) is None or dtype != "int64"
                else f"np::to_int64(&sklearn::text::sums(&{{self}}, {added(call)}))"
            ),
            kind="method",
            result=lambda call: t.Object(total) if added(call) is not None else t.NumpyScalar(dtype),
            features=ML,
        ),
        Entry(
            f"{owner}.mean",
            f"({me}) -> numpy[float64]",
            "sklearn::text::sum(&{self}) / {self}.len() as f64",
            kind="method",
            features=ML,
        ),
        Entry(
            f"{owner}.max",
            f"({me}) -> numpy[{dtype}]",
            "sklearn::text::largest(&{self})" + (" as i64" if dtype == "int64" else ""),
            kind="method",
            features=ML,
        ),
        Entry(
            f"{owner}.getrow",
            f'({me}, i: int) -> "{owner}"',
            "sklearn::text::~row(&{self}, {i})",
            kind="method",
            raises=("IndexError",),
            features=ML,
        ),
        Entry(
            f"{owner}.__getitem__",
            f'({me}, key: Any) -> "{owner}"',
            _rows,
            kind="method",
            raises=("IndexError", "ValueError"),
            features=ML,
        ),
        member("T", f'"{owner}"', "{self}.t().as_standard_layout().to_owned()", "attribute"),
        *(
            Entry(f"{total}.{name}", f'(self: "{total}") -> {kind}', rust, kind=how, features=ML)  # type: ignore[arg-type]
            for name, kind, rust, how in (
                ("A1", f"array[{dtype}, 1]", "{self}.iter().copied().collect::<ndarray::Array1<_>>()", "attribute"),
                ("A", f"array[{dtype}, 2]", "{self}.clone()", "attribute"),
                ("shape", "tuple[int, int]", "np::shape2(&{self})", "attribute"),
            )
        ),
        member("toarray", f"array[{dtype}, 2]", convert, "method"),
        member("todense", f"array[{dtype}, 2]", convert, "method"),
        member("shape", "tuple[int, int]", "np::shape2(&{self})", "attribute"),
        member("nnz", "int", "np::count_nonzero(&{self})", "attribute"),
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _COUNTS,
            f"(*, {_READING}stop_words: list[str] | str | None = None, token_pattern: str = {_USUAL!r}, "
            f"{_LIMITS.format(_ANALYZER)})",
            used=_USED,
            values={"analyzer": ("word", "char", "char_wb")},
            check=_check,
            case=_case("CountVectorizer", "", "")
            + "plain = CountVectorizer(stop_words='english').fit(texts)\nprint(plain.get_feature_names_out(), plain)\n"
            + "print(X.sum(axis=0), X.sum(axis=1), X.sum(), X.sum(axis=0).A1, np.asarray(X.sum(axis=1)).ravel(), X.max(), X.mean())\n"
            + "print(X[0].toarray(), X[-1].nnz, X.T.shape, X.getrow(1).toarray())\n"
            + "print(X[:2].toarray(), X[1:].shape, X[np.array([True, False, True])].toarray(), X[[2, 0]].toarray(), X[::-1].toarray())\n"
            + "few = CountVectorizer(ngram_range=(1, 2), min_df=2, stop_words=['the'], binary=True).fit(texts)\n"
            "print(few.get_feature_names_out(), few.transform(texts).toarray(), few.transform(texts).nnz)\n"
            "letters = CountVectorizer(analyzer='char', ngram_range=(1, 2)).fit(['a  cat', 'it'])\nprint(letters.get_feature_names_out(), letters.vocabulary_)\n"
            "within = TfidfVectorizer(analyzer='char_wb', ngram_range=(2, 5)).fit(['An ox', 'lies'])\nprint(within.get_feature_names_out())\n"
            "mixed = ['It is 2024, isn\\'t it? e-mail me', 'abc1 abcd x_y']\n"
            "print(CountVectorizer(token_pattern=r'[a-z]{3,}').fit(mixed).get_feature_names_out())\n"
            "print(CountVectorizer(token_pattern=r'\\b[a-zA-Z]{2,}\\b', lowercase=False).fit(mixed).get_feature_names_out())\n"
            'print(CountVectorizer(token_pattern=r"(?u)\\b[\\w\'-]+\\b").fit(mixed).get_feature_names_out())\n'
            "print(CountVectorizer(token_pattern=r'[^\\W\\d_]+', max_features=7).fit(mixed).get_feature_names_out())\n"
            "print(CountVectorizer(token_pattern=r'\\S+').fit(mixed).get_feature_names_out())\n",
        ),
        *_methods(_COUNTS, _WHOLE),
        constructor(
            _WEIGHTS,
            f"(*, {_READING}analyzer: Any = 'word', stop_words: list[str] | str | None = None, "
            f"token_pattern: str = {_USUAL!r}, {_LIMITS.format(_NOTHING)}, {_RULES})",
            used={**_USED, "norm": "", "use_idf": "", "smooth_idf": "", "sublinear_tf": ""},
            values={"analyzer": ("word", "char", "char_wb")},
            check=_check,
            parity=SOLVED,
            case=_case("TfidfVectorizer", "sublinear_tf=True", "print(np.round(vectorizer.idf_, 8))\n"),
        ),
        *_methods(_WEIGHTS, TABLE),
        attribute(_WEIGHTS, "idf_", "array[float64, 1]"),
        constructor(
            _TRANSFORMER,
            f"(*, {_RULES})",
            used={"norm": "", "use_idf": "", "smooth_idf": "", "sublinear_tf": ""},
            parity=SOLVED,
            case=_case(
                "CountVectorizer",
                "",
                "weights = TfidfTransformer(norm='l1').fit(X)\nprint(np.round(weights.transform(X).toarray(), 8), weights.idf_)\n",
            ),
        ),
        *(
            method(
                _TRANSFORMER,
                name,
                f'(self: "{_TRANSFORMER}", X: arraylike[float64, 2]{more}) -> {result}',
                f"{{self}}.~{rust}({{&X}})",
                raises=("ValueError",),
            )
            for name, more, result, rust in (
                ("fit", ", y: Any = None", "Self", "fit_alone"),
                ("transform", "", f'"{TABLE}"', "transform"),
                ("fit_transform", ", y: Any = None", f'"{TABLE}"', "fit_transform"),
            )
        ),
        attribute(_TRANSFORMER, "idf_", "array[float64, 1]"),
        *_matrix(TABLE, "float64", "float64"),
        *_matrix(_WHOLE, "int64", "int64"),
    ),
    classes=(
        *(
            estimator_class(each, f"sklearn::{each.rpartition(_DOT)[2]}", TRANSFORMER)
            for each in (_COUNTS, _WEIGHTS, _TRANSFORMER)
        ),
        *(
            LibraryClass(each, "ndarray::Array2<f64>", mutable=False, features=("ml",), array="array[float64, 2]")
            for each in (TABLE, _WHOLE, "numpy.matrix of numbers")
        ),
        LibraryClass(
            "numpy.matrix of counts", "ndarray::Array2<i64>", mutable=False, features=("ml",), array="array[int64, 2]"
        ),
    ),
    refused={
        f"{_MODULE}.HashingVectorizer": ("it is not mapped", "Use CountVectorizer."),
    },
)
