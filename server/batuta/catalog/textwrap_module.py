"""`textwrap`: paragraphs of a width, margins and indents.

## Before
    print(textwrap.fill(text, width=40))
## After
    py::print!("{}", py::textwrap::Wrapper::new(40, …).fill(&text));
## Same numbers
    the same lines, to the character
## Not handled
    `fix_sentence_endings`, and settings of a `TextWrapper` that are changed after it was made
"""

from __future__ import annotations

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_IMPORT = "import textwrap\n"
_TEXT = 'text = "The quick brown fox jumps over the lazy dog -- it was a sunny-day, and  everyone-was-happy about it (well, nearly)."\n'
_SETTINGS = (
    "initial_indent: str = '', subsequent_indent: str = '', expand_tabs: bool = True, replace_whitespace: bool = True, "
    "break_long_words: bool = True, drop_whitespace: bool = True, break_on_hyphens: bool = True, tabsize: int = 8, "
    "max_lines: int | None = None, placeholder: str = ' [...]'"
)
_WRAPPER = (
    "py::textwrap::Wrapper::new({width}, [{&initial_indent}, {&subsequent_indent}], [{expand_tabs}, {replace_whitespace}, "
    "{break_long_words}, {drop_whitespace}, {break_on_hyphens}], {tabsize}, {max_lines}, {&placeholder})"
)
_CLASS = '"textwrap.TextWrapper"'
_RAISES = ("ValueError",)


def _paragraph(name: str, result: str, case: str) -> Entry:
    return Entry(
        f"textwrap.{name}",
        f"(text: str, width: int = 70, *, {_SETTINGS}) -> {result}",
        f"{_WRAPPER}.~{name}({{&text}})",
        raises=_RAISES,
        case=_IMPORT + _TEXT + case,
    )


SHELF = Shelf(
    module="textwrap",
    classes=(LibraryClass("textwrap.TextWrapper", "py::textwrap::Wrapper", mutable=False),),
    entries=(
        _paragraph(
            "wrap",
            "list[str]",
            "for width in (1, 5, 17, 40):\n    print(textwrap.wrap(text, width))\n"
            'print(textwrap.wrap(text, 20, break_on_hyphens=False), textwrap.wrap("", 5), textwrap.wrap("a\\tb\\n c", 4))\n'
            'print(textwrap.wrap(text, 12, max_lines=3), textwrap.wrap(text, 12, max_lines=2, placeholder="~"))\n'
            'print(textwrap.wrap("x" * 30 + " " + "y" * 4, 8, break_long_words=False))\n'
            "print(textwrap.wrap(text, 20, drop_whitespace=False))\n"
            "try:\n    textwrap.wrap(text, 0)\nexcept ValueError as error:\n    print(error)\n",
        ),
        _paragraph(
            "fill",
            "str",
            'print(textwrap.fill(text, width=30))\nprint(textwrap.fill(text, 30, initial_indent="* ", subsequent_indent="  "))\n',
        ),
        Entry(
            "textwrap.shorten",
            "(text: str, width: int, *, placeholder: str = ' [...]') -> str",
            "py::textwrap::~shorten({&text}, {width}, {&placeholder})",
            raises=_RAISES,
            case=_IMPORT
            + _TEXT
            + 'print(textwrap.shorten(text, 30), textwrap.shorten(text, width=25, placeholder="..."), textwrap.shorten("a b", 9))\n'
            + "try:\n    textwrap.shorten(text, 3)\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "textwrap.dedent",
            "(text: str) -> str",
            "py::textwrap::dedent({&text})",
            case=_IMPORT
            + 'print(textwrap.dedent("""\n    hello\n      world\n\n    bye\n  """))\nprint(textwrap.dedent("\\ta\\n    b"))\n',
        ),
        Entry(
            "textwrap.indent",
            ("(text: str, prefix: str) -> str", "(text: str, prefix: str, predicate: Callable[[str], bool]) -> str"),
            ("py::textwrap::indent({&text}, {&prefix})", "py::textwrap::indent_where({&text}, {&prefix}, {fn predicate})"),
            case=_IMPORT
            + 'print(textwrap.indent("a\\nb\\n\\n  \\nc", "> "))\nprint(textwrap.indent("a\\n\\nb", "  ", lambda line: True))\n',
        ),
        Entry(
            "textwrap.TextWrapper",
            f"(width: int = 70, {_SETTINGS}) -> {_CLASS}",
            _WRAPPER,
            kind="class",
            case=_IMPORT
            + _TEXT
            + 'wrapper = textwrap.TextWrapper(width=20, initial_indent="- ", subsequent_indent="  ")\n'
            + "print(wrapper.wrap(text))\nprint(wrapper.fill(text))\n",
        ),
        *(
            Entry(
                f"textwrap.TextWrapper.{name}",
                f"(self: {_CLASS}, text: str) -> {result}",
                f"{{self}}.~{name}({{&text}})",
                kind="method",
                raises=_RAISES,
                case=_IMPORT + _TEXT + f"print(textwrap.TextWrapper(30).{name}(text))\n",
            )
            for name, result in (("wrap", "list[str]"), ("fill", "str"))
        ),
    ),
)
