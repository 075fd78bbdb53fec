"""The generated project: complete, portable, buildable by anybody, and careful with files that are not ours."""

from __future__ import annotations

import json
import os
import subprocess
import tomllib
from pathlib import Path

import pytest

from batuta.cargo.cache import find_cache
from batuta.cargo.environment import cleaned_environment
from batuta.cargo.fetch import fetch_crates, missing_crates
from batuta.cargo.settle_lock import settle_project_lock
from batuta.cargo.toolchain import find_toolchain
from batuta.rust.project import Program, Recording, describe, package_name, project_files
from batuta.rust.project_folder import MANIFEST, FolderError, changed_files, write_project
from batuta.rust.runtime import close_features, manifest, runtime_files, runtime_source, trim_source
from batuta.rust.used_modules import used_modules
from batuta.workflow.build_project import _edited_runtime, read_programs
from tests.cargo_rooms.programs import HELLO, printing, program
from tests.conftest import LEFT_OUT

RUN = Recording("run-1", (), b"", b"hello 1\n", 0)
FEATURES = [name for name in manifest()["features"] if name != "default"]


def cargo(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """cargo as a user would call it in the project, with the tests' own target folder."""
    environment = {**cleaned_environment(""), "CARGO_TARGET_DIR": str(find_cache().root / "as-a-user")}
    return subprocess.run(["cargo", *arguments], cwd=folder, env=environment, capture_output=True, text=True)


def write(folder: Path, *programs: Program, force: bool = False) -> None:
    files = settle_project_lock(project_files(programs), find_toolchain(), find_cache())
    write_project(folder, files, describe(programs), force=force)


def test_a_user_builds_and_tests_the_project(tmp_path: Path) -> None:
    write(tmp_path / "out", Program("hello", "hello.py", HELLO, recordings=(RUN,)))
    answer = cargo(tmp_path / "out", "test", "--locked", "--offline", "--package", "hello")
    assert answer.returncode == 0, answer.stderr
    assert "prints_what_was_recorded ... ok" in answer.stdout
    assert "warning" not in answer.stderr


@pytest.mark.parametrize(
    ("recorded", "printed", "passes"),
    [
        (b"mean 0.1234567890123\n", 'py::print!("mean 0.1234567890124");', True),
        (b"mean 0.12345\n", 'py::print!("mean 0.12346");', False),
        (b"count 12\n", 'py::print!("count 13");', False),
        (b"a b\n", 'py::print!("a  b");', False),
        (b"one\ntwo\n", 'py::print!("one");', False),
    ],
)
def test_the_project_s_own_test_fails_when_it_should(tmp_path: Path, recorded: bytes, printed: str, passes: bool) -> None:
    run = Recording("run-1", (), b"", recorded, 0)
    write(tmp_path, Program("parity", "parity.py", printing(printed), recordings=(run,)))
    answer = cargo(tmp_path, "test", "--locked", "--offline", "--package", "parity", "--test", "parity")
    assert (answer.returncode == 0) is passes, answer.stdout


def test_without_a_recording_the_test_is_ignored_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, program("hello"))
    assert '#[ignore = "no run is recorded yet' in (tmp_path / "tests/parity.rs").read_text()


def test_several_programs_are_one_workspace(tmp_path: Path) -> None:
    write(tmp_path, program("one"), program("two", HELLO, frozenset({"json"})))
    answer = cargo(tmp_path, "metadata", "--locked", "--offline", "--format-version=1")
    assert answer.returncode == 0, answer.stderr
    assert tomllib.loads((tmp_path / "Cargo.toml").read_text())["workspace"]["members"] == ["one", "two", "batuta-rt"]


@pytest.mark.parametrize("features", [(), *[(name,) for name in FEATURES], tuple(FEATURES)], ids="+".join)
def test_every_feature_set_has_a_lock_file_that_cargo_takes_as_it_is(tmp_path: Path, features: tuple[str, ...]) -> None:
    write(tmp_path, program("hello", HELLO, frozenset(features)))
    answer = cargo(tmp_path, "metadata", "--locked", "--offline", "--format-version=1")
    assert answer.returncode == 0, answer.stderr


def test_a_plain_program_names_no_array_or_learning_crate(tmp_path: Path) -> None:
    write(tmp_path, program("hello"))
    lock = (tmp_path / "Cargo.lock").read_text()
    for crate in ("ndarray", "aprender", "serde_json", "regex"):
        assert f'"{crate}' not in lock
    for feature, folder in (("np", "np"), ("ml", "sklearn"), ("aprender", "aprender_adapters")):
        assert feature in FEATURES and not (tmp_path / "batuta-rt/src" / folder).exists()


def test_the_profiles_keep_overflow_checks_and_leave_link_time_optimisation_to_aggressive(tmp_path: Path) -> None:
    write(tmp_path, program("hello"))
    profiles = tomllib.loads((tmp_path / "Cargo.toml").read_text())["profile"]
    assert profiles["release"] == {"overflow-checks": True} and profiles["dev"]["overflow-checks"]
    assert profiles["aggressive"]["lto"] == "fat" and profiles["aggressive"]["inherits"] == "release"


def test_no_absolute_path_is_written() -> None:
    here = [str(Path.home()), str(runtime_source()), os.getcwd()]
    for name, content in project_files([Program("hello", "hello.py", HELLO, frozenset(FEATURES), recordings=(RUN,))]).items():
        assert not name.startswith("/")
        for path in here:
            assert path.encode() not in content, f"{name} names {path}"


def test_the_same_input_gives_the_same_files() -> None:
    programs = [program("hello", HELLO, frozenset(FEATURES))]
    assert project_files(programs) == project_files(programs)


def test_a_second_write_changes_nothing(tmp_path: Path) -> None:
    programs = [program("hello")]
    write_project(tmp_path, project_files(programs), describe(programs))
    again = write_project(tmp_path, project_files(programs), describe(programs))
    assert not again.written and not again.removed and not changed_files(tmp_path)


def test_an_edited_file_is_not_overwritten_without_force(tmp_path: Path) -> None:
    write(tmp_path, program("hello"))
    main = tmp_path / "src/main.rs"
    main.write_text("// mine\n")
    with pytest.raises(FolderError, match=r"src/main\.rs"):
        write(tmp_path, program("hello", printing('py::print!("new");')))
    assert main.read_text() == "// mine\n"
    write(tmp_path, program("hello"), force=True)
    assert main.read_text() == HELLO


def test_a_foreign_file_stands_in_the_way_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "Cargo.toml").write_text("[package]\n")
    with pytest.raises(FolderError) as caught:
        write(tmp_path, program("hello"))
    assert caught.value.paths == ("Cargo.toml",) and "--force" in caught.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["Cargo.toml"]


def test_symbolic_links_are_never_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "out"
    outside.mkdir()
    folder.mkdir()
    (folder / "src").symlink_to(outside)
    with pytest.raises(FolderError, match="symbolic link"):
        write(folder, program("hello"), force=True)
    assert not list(outside.iterdir())


def test_files_of_an_earlier_write_go_unless_they_were_edited(tmp_path: Path) -> None:
    write(tmp_path, program("one"), program("two"))
    (tmp_path / "two/src/main.rs").write_text("// mine\n")
    write(tmp_path, program("one"))
    assert not (tmp_path / "one").exists(), "a single program lies in the project's own folder"
    assert (tmp_path / "two/src/main.rs").read_text() == "// mine\n"
    assert not (tmp_path / "two/Cargo.toml").exists()


def test_a_hostile_manifest_cannot_name_files_to_remove(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("")
    empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / MANIFEST).write_text(json.dumps({"files": {"../victim.txt": empty, str(victim): empty}}))
    write(folder, program("hello"))
    assert victim.exists()


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("iris.py", "iris"),
        ("folder/My Program (2).py", "my-program-2"),
        ("01_iris_pipeline.py", "program-01_iris_pipeline"),
        ("test.py", "test-program"),
        ("match.py", "match-program"),
        ("ndarray.py", "ndarray-program"),
        ("batuta_rt.py", "batuta_rt-program"),
        ("été.py", "ete"),
        ("数据.py", "program"),
        ("_.py", "program"),
    ],
)
def test_package_names(file: str, expected: str) -> None:
    assert package_name(file) == expected


TRIMMING = [
    ('#[cfg(feature = "np")]\npub mod np;\nfn kept() {}\n', "fn kept() {}\n", ["np"]),
    ('pub mod py;\n\n#[cfg(feature = "np")]\npub use crate::np::{\n    a, b,\n};\n', "pub mod py;\n\n", []),
    ('#[cfg(feature = "json")]\npub mod json;\n', '#[cfg(feature = "json")]\npub mod json;\n', []),
    ('#[cfg(feature = "np")]\nfn inside() {}\n', '#[cfg(feature = "np")]\nfn inside() {}\n', []),
    ('#[cfg(feature = "np")]\n/// Arrays.\n#[macro_use]\npub(crate) mod np;\n', "", ["np"]),
]


@pytest.mark.parametrize(("text", "expected", "gone"), TRIMMING)
def test_what_is_gated_by_an_unused_feature_goes(text: str, expected: str, gone: list[str]) -> None:
    assert trim_source(text, frozenset({"json"})) == (expected, gone)


def test_a_feature_brings_those_that_it_needs() -> None:
    assert close_features(["aprender"]) >= {"aprender", "ml", "np"}
    with pytest.raises(KeyError):
        close_features(["nonsense"])


LIGHT = [(), ("json", "regex", "bigint", "time"), ("np",), ("np", "ml")]
HEAVY = [("data",), ("trueno",), ("aprender",), tuple(FEATURES)]


@pytest.mark.parametrize("features", LIGHT + HEAVY, ids=lambda features: "+".join(features) or "plain")
def test_the_trimmed_runtime_compiles_without_a_warning(tmp_path: Path, features: tuple[str, ...], everything: bool) -> None:
    if features in HEAVY and not everything:
        LEFT_OUT.append(f"the trimmed runtime with {'+'.join(features)}; `make test-all` compiles it")
        pytest.skip("compiling the learning crates takes minutes; `make test-all` does it")
    write(tmp_path, program("warned", HELLO, frozenset(features)))
    answer = cargo(tmp_path, "check", "--locked", "--offline")
    assert answer.returncode == 0 and "warning" not in answer.stderr, answer.stderr


def test_fetching_takes_the_lock_file_as_it_is_and_needs_no_network_when_all_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing_crates() == [], "run `make setup` once while online"
    # Port 9 of this machine answers nothing.
    monkeypatch.setenv("HTTPS_PROXY", "http" + "://127.0.0.1:9")
    toolchain = find_toolchain()
    assert toolchain is not None
    run = fetch_crates(toolchain, find_cache())
    assert run.ok, run.error


@pytest.mark.parametrize("feature", FEATURES)
def test_the_trimmed_runtime_declares_what_its_text_mentions(feature: str) -> None:
    files = runtime_files([feature])
    declared = tomllib.loads(files["Cargo.toml"].decode())["features"]
    mentioned = {
        part.split('"')[0] for content in files.values() for part in content.decode(errors="replace").split('feature = "')[1:]
    }
    assert mentioned - {"", *declared} == set()


def runtime_of(folder: Path) -> set[str]:
    """The files of a project's copy of the runtime."""
    root = folder / "batuta-rt/src"
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_only_the_used_modules_of_the_runtime_are_copied(tmp_path: Path) -> None:
    write(tmp_path / "plain", program("plain"))
    plain = runtime_of(tmp_path / "plain")
    assert "py/list.rs" in plain
    for name in ("csv", "datetime", "random", "json", "heapq"):
        assert not any(path.startswith(f"py/{name}") for path in plain)
    assert not any("tests" in path for path in plain), "the runtime's own tests are not part of a project"
    dated = "use batuta_rt::prelude::*;\n\nfn program() {\n    let _ = py::datetime::Date::today();\n}\n\nfn main() {\n    py::run(program)\n}\n"
    write(tmp_path / "dated", program("dated", dated))
    more = {path for path in runtime_of(tmp_path / "dated") - plain if not path.startswith("py/datetime/")}
    assert more == {"py/time.rs"}, "dates ask for the time"
    assert "py/datetime/mod.rs" in runtime_of(tmp_path / "dated")


def test_data_comes_with_the_module_that_reads_it(tmp_path: Path) -> None:
    used = "fn program() {\n    let _ = sklearn::datasets::load_iris();\n}\n"
    write(tmp_path / "used", program("used", used, frozenset({"data"})))
    write(tmp_path / "unused", program("unused", HELLO, frozenset({"data"})))
    assert "sklearn/datasets/tables/iris.txt" in runtime_of(tmp_path / "used")
    assert "sklearn/datasets/tables/iris.txt" not in runtime_of(tmp_path / "unused")


MODULES = {
    "src/lib.rs": "//! Doc.\n\npub mod py;\nmod quiet;\n",
    "src/quiet.rs": "fn idle() {}\n",
    "src/py/mod.rs": "pub mod a;\n/// Documented.\npub mod b;\n#[cfg(test)]\nmod tests;\npub mod c;\nmod d;\npub use d::*;\n",
    "src/py/a.rs": "pub mod inner;\npub fn f() { super::b::g() }\n",
    "src/py/a/inner.rs": "pub fn h() {}\n",
    "src/py/b.rs": "pub fn g() {} // c::z is not used by saying so\n",
    "src/py/c.rs": "",
    "src/py/d.rs": "",
    "src/py/tests.rs": "",
    "src/py/c/table.txt": "",
    "Cargo.toml": "",
}


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("fn main() {}", set()),
        ("fn main() { py::a::f() }", {"a.rs", "b.rs"}),
        ("use batuta_rt::py::{a, b};", {"a.rs", "b.rs"}),
        ("fn main() { py::a::inner::h() }", {"a.rs", "b.rs", "a/inner.rs"}),
        ("fn main() { let a = c; } // py::a::f()", set()),
        ("fn main() { py::c::z() }", {"c.rs", "c/table.txt"}),
    ],
)
def test_a_module_is_used_where_its_name_stands_in_a_path(text: str, modules: set[str]) -> None:
    made = used_modules({name: content.encode() for name, content in MODULES.items()}, [text])
    always = {"Cargo.toml", "src/lib.rs", "src/quiet.rs", "src/py/mod.rs", "src/py/d.rs"}
    assert set(made) == always | {f"src/py/{name}" for name in modules}
    declared = made["src/py/mod.rs"].decode()
    assert all((f"mod {name};" in declared) is (f"{name}.rs" in modules) for name in "abc") and "tests" not in declared


def test_only_rust_that_was_edited_replaces_the_runtime_of_a_build(tmp_path: Path) -> None:
    used = "fn program() {\n    let _ = sklearn::datasets::load_iris();\n}\n"
    write(tmp_path, program("iris", used, frozenset({"data"})))
    assert _edited_runtime(tmp_path, read_programs(tmp_path)) is None
    (tmp_path / "batuta-rt/Cargo.toml").write_text("")
    (tmp_path / "batuta-rt/src/sklearn/datasets/tables/iris.txt").write_text("")
    assert _edited_runtime(tmp_path, read_programs(tmp_path)) is None
    edited = tmp_path / "batuta-rt/src/sklearn/datasets/mod.rs"
    edited.write_text(edited.read_text() + "// mine\n")
    runtime = _edited_runtime(tmp_path, read_programs(tmp_path))
    assert runtime is not None and runtime["src/sklearn/datasets/mod.rs"].endswith(b"// mine\n")
    assert runtime["src/sklearn/datasets/tables/iris.txt"] and runtime["Cargo.toml"], "settings and tables stay ours"
