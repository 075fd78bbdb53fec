"""A parameter that a library does not have is told from one that is only not translated, by the library's own text."""

from __future__ import annotations

from pathlib import Path

import pytest

from batuta.python.library_signatures import parameters_of
from batuta.translate import translate

CALLS = [
    ("from sklearn.linear_model import Ridge", "Ridge(alpah=1.0)", "BAT102", "Did you mean `alpha`?"),
    ("from sklearn.cluster import KMeans", "KMeans(clusters=3)", "BAT102", "Did you mean `n_clusters`?"),
    ("import math", "math.sqrt(2.0, nonsense=1)", "BAT102", "It has `x`."),
    ("import os", "os.remove('a', dir_fd=None)", "BAT103", "Leave it out"),
    ("import os", "os.rmdir('a', dir_fd=None)", "BAT103", "Leave it out"),
]


@pytest.mark.parametrize(("imported", "call", "code", "remedy"), CALLS, ids=[case[1] for case in CALLS])
def test_the_code_and_the_remedy_fit_the_library(imported: str, call: str, code: str, remedy: str) -> None:
    found = translate(f"{imported}\n\nprint({call})\n").findings
    assert any(each.code == code and each.span.line == 3 and each.remedy.startswith(remedy) for each in found), found


def test_what_is_not_installed_says_nothing() -> None:
    assert parameters_of("no_such_library.function") is None
    assert parameters_of("math.sqrt\nimport os; os") is None


def test_a_module_of_the_users_folder_is_neither_read_nor_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("bisect", "heapq"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n\n\ndef nsmallest(trap): ...\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    parameters_of.cache_clear()
    assert parameters_of("heapq.nsmallest") == {"n", "iterable", "key"}
    assert not (tmp_path / "ran").exists()
