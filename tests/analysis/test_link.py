"""Programs of several files: which files are read, what stands where, and which imports are refused at which line.

That such programs print what Python prints is shown by `fixtures/modules/` in `tests/programs/`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from batuta.python.modules import Surroundings
from batuta.translate import Options, Translation, translate
from batuta.workflow.surroundings import find_surroundings


def linked(files: dict[str, str], main: str = "main.py", run_as: str = "") -> Translation:
    """The translation of a program that stands here as text."""
    return translate(files[main], main, Options(debug=True), Surroundings(files.get, "", run_as))


def refusal(files: dict[str, str]) -> tuple[str, int, str]:
    """The file, line and text of the first finding of a program that is refused."""
    done = linked(files)
    assert done.refused, done.rust
    first = done.findings[0]
    return first.path, first.span.line, f"{first.code} {first.reason}"


def test_definitions_go_to_the_file_of_their_module() -> None:
    done = linked(
        {
            "main.py": "from pkg.shapes import area\nimport pkg.units as u\nprint(area(2, 3), u.FEET)\n",
            "pkg/__init__.py": "",
            "pkg/shapes.py": '"""Shapes."""\n\n\ndef area(w, h):\n    return w * h\n',
            "pkg/units.py": "FEET = 3.28\n",
        }
    )
    assert not done.findings
    assert {each.path for each in done.modules} == {"pkg.rs", "pkg/shapes.rs", "pkg/units.rs"}
    assert "use crate::pkg::shapes::area;" in done.rust
    assert "use crate::pkg::units;" in done.rust
    assert "units::FEET" in done.rust
    shapes = next(each for each in done.modules if each.path == "pkg/shapes.rs")
    assert shapes.rust.startswith("//! Shapes.\n")
    assert "pub fn area(w: i64, h: i64) -> i64 {" in shapes.rust


def test_the_source_map_names_file_and_line() -> None:
    done = linked({"main.py": "import helpers\nprint(helpers.half(3))\n", "helpers.py": "\n\ndef half(n):\n    return n / 2\n"})
    [module] = done.modules
    lines = module.rust.splitlines()
    places = {lines[line - 1].strip(): span for line, span in module.source_map}
    assert {(span.path, span.line) for text, span in places.items() if "fn half" in text} == {("helpers.py", 3)}
    assert all(span.path == "" for _, span in done.source_map)


def test_a_finding_carries_the_file_that_it_stands_in() -> None:
    files = {"main.py": "# one\nimport helpers\nhelpers.run()\n", "helpers.py": "\ndef run():\n    return eval('1')\n"}
    assert refusal(files)[:2] == ("helpers.py", 3)
    files["helpers.py"] = "def run(:\n    pass\n"
    path, line, text = refusal(files)
    assert (path, line) == ("helpers.py", 1)
    assert text.startswith("BAT001")


@pytest.mark.parametrize(
    ("files", "place", "words"),
    [
        (
            {"main.py": "from one import f\nprint(f())\n", "one.py": "from two import g\n\n\ndef f():\n    return g()\n",
             "two.py": "from one import f\n\n\ndef g():\n    return 1\n"},
            ("two.py", 1),
            "circular: `f` of `one`",
        ),
        (
            {"main.py": "def run():\n    import loud\n    return loud.x\n\n\nprint(run())\n", "loud.py": "print('here')\nx = 1\n"},
            ("main.py", 2),
            "`loud` does something when it is imported",
        ),
        ({"main.py": "import random\nprint(random.x)\n", "random.py": "x = 1\n"}, ("main.py", 1), "the name of a module"),
        ({"main.py": "from helpers import g\nprint(g)\n", "helpers.py": "x = 1\n"}, ("main.py", 1), "no name `g`"),
        ({"main.py": "import helpers\nprint(helpers.g)\n", "helpers.py": "x = 1\n"}, ("main.py", 2), "has no `g`"),
        ({"main.py": "import helpers\nprint([helpers])\n", "helpers.py": "x = 1\n"}, ("main.py", 2), "used as a value"),
        ({"main.py": "import helpers\nhelpers = 3\nprint(helpers)\n", "helpers.py": "x = 1\n"}, ("main.py", 1), "something else"),
        (
            {"main.py": "import one\nprint(one.x)\n", "one.py": "x = 1\nimport two\nx = 2\n",
             "two.py": "from one import x\n\n\ndef f():\n    return x\n"},
            ("two.py", 1),
            "may bind `x` again",
        ),
        (
            {"main.py": "import pkg\nimport pkg.core\nprint(pkg.core)\n", "pkg/__init__.py": "core = 5\n",
             "pkg/core.py": "x = 1\n"},
            ("main.py", 2),
            "replaces `core`",
        ),
        ({"main.py": "from pkg import none\n", "pkg/__init__.py": ""}, ("main.py", 1), "no name `none`"),
        ({"main.py": "from pkg.none import x\n", "pkg/__init__.py": ""}, ("main.py", 1), "no module `pkg.none`"),
        ({"main.py": "from .helpers import x\nprint(x)\n", "helpers.py": "x = 1\n"}, ("main.py", 1), "not part of a package"),
        (
            {"main.py": "import pkg.a\n", "pkg/__init__.py": "", "pkg/a.py": "from ... import b\n"},
            ("pkg/a.py", 1),
            "leaves the package",
        ),
        (
            {"main.py": "from helpers import *\nprint(x)\n", "helpers.py": "__all__ = [n for n in 'xy']\nx = y = 1\n"},
            ("main.py", 1),
            "`__all__` of `helpers`",
        ),
        (
            {"main.py": "import one, two\ntry:\n    one.f()\nexcept two.Bad:\n    print('two')\n",
             "one.py": "class Bad(Exception):\n    pass\n\n\ndef f():\n    raise Bad('one')\n",
             "two.py": "class Bad(Exception):\n    pass\n\n\ndef g():\n    raise Bad('two')\n\n\nif 1 > 2:\n    g()\n"},
            ("two.py", 1),
            "is called `Bad` too",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_refused(files: dict[str, str], place: tuple[str, int], words: str) -> None:
    path, line, text = refusal(files)
    assert (path, line) == place, text
    assert words in text


def test_only_plain_files_below_the_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "outside.py").write_text("x = 1\n")
    folder = tmp_path / "program"
    folder.mkdir()
    main = folder / "main.py"
    main.write_text("import linked\nprint(linked.x)\n")
    (folder / "linked.py").symlink_to(tmp_path / "outside.py")
    done = translate(main.read_text(), str(main), Options(), find_surroundings(main, main.read_text()))
    assert [each.code for each in done.findings] == ["BAT002"]
    assert "outside the program's folder" in done.findings[0].reason
    (folder / "linked.py").unlink()
    (folder / "linked.py").write_bytes(b"# " + b"x" * 5_000_000)
    done = translate(main.read_text(), str(main), Options(), find_surroundings(main, main.read_text()))
    assert "bytes" in done.findings[0].reason
    main.write_text("import outside\nprint(outside.x)\n")
    done = translate(main.read_text(), str(main), Options(), find_surroundings(main, main.read_text()))
    assert done.findings[0].code == "BAT105"


def test_a_file_of_a_package_is_run_as_its_part(tmp_path: Path) -> None:
    package = tmp_path / "tool"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "core.py").write_text("def f():\n    return 1\n")
    main = package / "__main__.py"
    main.write_text("from .core import f\nprint(f())\n")
    surroundings = find_surroundings(main, main.read_text())
    assert surroundings.main == "tool.__main__"
    done = translate(main.read_text(), str(main), Options(debug=True), surroundings)
    assert not done.findings
    assert done.run_as == "tool.__main__"
    assert set(done.python_files) == {"tool/__init__.py", "tool/core.py"}


def test_other_files_are_unknown_without_surroundings() -> None:
    done = translate("import helpers\nprint(helpers.x)\n", "main.py", Options(debug=True))
    assert done.refused
    assert done.findings[0].code == "BAT105"


def test_a_variable_of_a_module_does_not_hide_an_imported_function() -> None:
    done = linked(
        {
            "main.py": "import noise\nfrom shapes import area\nprint(area(2, 3))\n",
            "noise.py": "area = input()\nprint(area)\n",
            "shapes.py": "def area(w, h):\n    return w * h\n",
        }
    )
    assert not done.findings
    assert "let area_ = " in done.rust and "area(2, 3)" in done.rust


def test_a_name_of_a_package_may_be_that_of_the_module_it_comes_from() -> None:
    done = linked(
        {
            "main.py": "from pkg import shout\nprint(shout('x'))\n",
            "pkg/__init__.py": "from .shout import shout\n",
            "pkg/shout.py": "def shout(text: str) -> str:\n    return text.upper()\n",
        }
    )
    assert not done.findings
    assert "use crate::pkg::shout::shout;" in done.rust
