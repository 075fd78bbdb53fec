"""Programs of several files in the editor: the preview holds them all, open files count as they stand, findings lead there."""

from __future__ import annotations

from pathlib import Path

from batuta.lsp.workbench import Analysis, Workbench

MAIN = "import goods\n\nprint(goods.price(2))\n"


def analysis(bench: Workbench, path: Path, text: str, revision: int = 1) -> Analysis:
    """What the worker knows of an open document."""
    bench.put(path.as_uri(), revision, str(path), text)
    return bench.analysis({"uri": path.as_uri(), "revision": revision})


def test_modules_are_read_from_disk_and_from_the_editor(workspace: Path) -> None:
    main, goods = workspace / "main.py", workspace / "goods.py"
    main.write_text(MAIN)
    goods.write_text("def price(count):\n    return count * 2\n")
    bench = Workbench()
    first = analysis(bench, main, MAIN)
    assert [module.path for module in first.translation.modules] == ["goods.rs"]
    assert "count * 2" in first.translation.modules[0].rust.replace("2 * count", "count * 2")
    assert analysis(bench, main, MAIN).translation is first.translation, "nothing has changed"

    # The editor's text of an open file is newer than the disk's.
    analysis(bench, goods, "def price(count):\n    return count * 7\n")
    second = analysis(bench, main, MAIN)
    assert "7" in second.translation.modules[0].rust


def test_a_finding_in_a_module_is_shown_at_the_import(workspace: Path) -> None:
    main = workspace / "main.py"
    main.write_text(MAIN)
    (workspace / "goods.py").write_text("def price(count):\n    return eval('1')\n")
    [finding] = analysis(Workbench(), main, MAIN).findings
    assert (finding.path, finding.span.line, finding.code) == (str(main), 1, "BAT107")
    assert finding.reason.startswith("goods.py line 2: ")


def test_the_preview_holds_every_file(workspace: Path) -> None:
    import threading

    from batuta.lsp.jobs.preview import run

    main = workspace / "main.py"
    main.write_text(MAIN)
    (workspace / "goods.py").write_text("LIMIT = 3\n\n\ndef price(count):\n    return count * LIMIT\n")
    bench = Workbench()
    bench.put(main.as_uri(), 1, str(main), MAIN)
    answer = run(bench, {"uri": main.as_uri(), "revision": 1}, threading.Event(), lambda _: None)
    assert "// src/goods.rs" in answer["rust"] and "pub const LIMIT: i64 = 3;" in answer["rust"]
    assert {span[0] for _, span in answer["sourceMap"]} == {3}


def test_an_unsaved_text_reads_no_files(workspace: Path) -> None:
    (workspace / "goods.py").write_text("def price(count):\n    return count\n")
    bench = Workbench()
    bench.put("untitled:Untitled-1", 1, "Untitled-1", MAIN)
    known = bench.analysis({"uri": "untitled:Untitled-1", "revision": 1})
    assert known.findings[0].code == "BAT105" and not known.rust
