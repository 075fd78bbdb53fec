"""Packages as material of the corpus: fetched from a folder of distributions, unpacked, their tests made into programs."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from batuta.workflow.package_tests import Unusable, program_of_tests
from tests.cli.command_line import CommandLine

FILES = {
    "setup.py": "raise SystemExit('the build script was run')\n",
    "src/counting/__init__.py": "from counting.words import count\n",
    "src/counting/words.py": "def count(text: str) -> int:\n    return len(text.split())\n",
    "tests/test_words.py": """import pytest
import unittest

from counting import count


@pytest.mark.parametrize("text, expected", [("a b", 2), ("", 0)])
def test_count(text, expected):
    assert count(text) == expected


def test_no_number():
    with pytest.raises(ValueError):
        int("one")


def test_with_a_fixture(tmp_path):
    assert tmp_path


class Lines(unittest.TestCase):
    def setUp(self):
        self.text = "one two"

    def test_two(self):
        self.assertEqual(count(self.text), 2)
        self.assertTrue(count("x"))


if __name__ == "__main__":
    unittest.main()
""",
}


def pack(folder: Path, name: str, files: dict[str, str]) -> None:
    """Writes a source distribution."""
    with tarfile.open(folder / f"{name}.tar.gz", "w:gz") as tar:
        for path, text in {"PKG-INFO": "Metadata-Version: 2.1\nName: counting\nVersion: 1.0\n", **files}.items():
            entry = tarfile.TarInfo(f"{name}/{path}")
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))


@pytest.fixture()
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of distributions."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


def test_a_package_is_fetched_and_its_tests_run(batuta: CommandLine, shelf: Path) -> None:
    pack(shelf, "counting-1.0", FILES)
    answer = batuta("corpus", "--package", "counting", "--index", shelf, "--yes", "--json", "-")
    assert answer.code == 0, answer.err
    result = json.loads(answer.out)
    assert [(row["name"], row["verdict"]) for row in result["programs"]] == [("run_tests_test_words", "same")]
    assert sorted(path.name for path in shelf.parent.iterdir()) == ["shelf"], "nothing is written into the current folder"


def test_a_package_that_is_not_there(batuta: CommandLine, shelf: Path) -> None:
    answer = batuta("corpus", "--package", "nowhere", "--index", shelf, "--yes")
    assert answer.code == 2 and "nowhere cannot be fetched" in answer.err


def test_a_package_with_other_languages(batuta: CommandLine, shelf: Path) -> None:
    pack(shelf, "compiled-2.0", {"compiled/fast.c": "int x;\n", "compiled/__init__.py": ""})
    answer = batuta("corpus", "--package", "compiled", "--index", shelf, "--yes")
    assert answer.code == 2 and "parts that are not Python" in answer.err


def test_an_archive_that_leads_out_of_its_folder(batuta: CommandLine, shelf: Path) -> None:
    pack(shelf, "leaving-1.0", {"../../outside.py": "print(1)\n"})
    answer = batuta("corpus", "--package", "leaving", "--index", shelf, "--yes")
    assert answer.code == 2 and "cannot be unpacked" in answer.err


def test_the_program_of_a_file_of_tests() -> None:
    text = program_of_tests(FILES["tests/test_words.py"])
    assert "except ValueError:\n        pass\n    else:\n        raise AssertionError" in text
    assert "pytest" not in text and "unittest" not in text and "tmp_path" not in text
    assert "for text, expected in [('a b', 2), ('', 0)]:\n    test_count(text, expected)\n" in text
    assert "assert count(self.text) == 2" in text and "case.setUp()" in text


@pytest.mark.parametrize(
    "text",
    [
        "def helper():\n    return 1\n",
        "from . import thing\ndef test_a():\n    assert thing\n",
        "import unittest\nclass A(unittest.TestCase):\n    def test_a(self):\n        with self.assertLogs():\n            int('1')\n",
        "def broken(:\n",
    ],
)
def test_files_that_no_program_is_made_of(text: str) -> None:
    with pytest.raises(Unusable):
        program_of_tests(text)
