"""`asyncio`: tasks on one thread, in the order of CPython's event loop.

## Before
    async def main():
        first = asyncio.create_task(fetch("a"))
        print(await first, await asyncio.gather(fetch("b"), fetch("c")))
    asyncio.run(main())
## After
    fn main_() {
        let first = py::asyncio::create_task(py::asyncio::coroutine(Rc::new(|| fetch("a"))), None);
        py::print!("{} {}", py::asyncio::awaited(first), …);
    }
## Same numbers
    the same order: what is ready runs first come first served, timers by the time at which they are due. The time of a sleep really
    passes, because a program may look at the clock; order does not depend on the machine's speed
## Not handled
    `return_exceptions=True`, `timeout`, `TaskGroup`, `as_completed`, `wait`, streams, subprocesses, threads, callbacks of the loop
"""

from __future__ import annotations

from typing import Any

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_FEATURES: Any = ("asyncio",)
_RAISES = ("Exception",)
_COROUTINE, _TASK, _FUTURE = ('Object["asyncio.Coroutine", T]', 'Object["asyncio.Task", T]', 'Object["asyncio.Future", T]')
_ANY = (_COROUTINE, _TASK, _FUTURE)
_USE = (
    "import asyncio\n\n\nasync def work(n):\n    await asyncio.sleep(0.001 * n)\n    print('worked', n)\n    return n * 2\n\n\n"
)


def _case(body: str) -> str:
    lines = "".join(f"    {each}\n" for each in body.splitlines())
    return f"{_USE}async def main():\n{lines}\n\nasyncio.run(main())\n"


def _function(name: str, signatures: tuple[str, ...], rust: str, case: str, *, raises: bool = False) -> Entry:
    return Entry(
        f"asyncio.{name}",
        signatures,
        (rust,) * len(signatures),
        features=_FEATURES,
        raises=_RAISES if raises else (),
        effects=("prints", "time"),
        case=_case(case),
    )


def _method(owner: str, name: str, signature: str, rust: str, case: str, *, raises: bool = False) -> Entry:
    kind = _TASK if owner == "Task" else _FUTURE
    return Entry(
        f"asyncio.{owner}.{name}",
        f"(self: {kind}{signature}",
        rust,
        kind="method",
        features=_FEATURES,
        raises=_RAISES if raises else (),
        case=_case(case),
    )


_TASK_CASE = "task = asyncio.create_task(work(1))\n"
_FUTURE_CASE = "future = asyncio.Future()\n"
_STOPPED = "task = asyncio.create_task(work(9))\nawait asyncio.sleep(0)\ntask.cancel()\ntry:\n    await task\nexcept asyncio.CancelledError:\n    print('cancelled')\n"

SHELF = Shelf(
    module="asyncio",
    classes=(
        LibraryClass("asyncio.Coroutine", "py::asyncio::Coroutine<{T}>", mutable=False, features=_FEATURES),
        LibraryClass("asyncio.Task", "py::asyncio::Task<{T}>", mutable=False, features=_FEATURES),
        LibraryClass("asyncio.Future", "py::asyncio::Future<{T}>", mutable=False, features=_FEATURES),
        LibraryClass("asyncio.TaskHandle", "py::asyncio::Handle", mutable=False, features=_FEATURES),
    ),
    entries=(
        Entry(
            "asyncio.coroutine",
            f"(body: Callable[[], T], /) -> {_COROUTINE}",
            "py::asyncio::coroutine({body})",
            features=_FEATURES,
            case=_case("later = work(1)\nprint('before')\nprint(await later)\n"),
        ),
        _function(
            "run",
            (f"(main: {_COROUTINE}, /) -> T",),
            "py::asyncio::~run({main})",
            "print(await work(1))\n",
            raises=True,
        ),
        _function(
            "awaited",
            tuple(f"(awaitable: {each}, /) -> T" for each in _ANY),
            "py::asyncio::~awaited({awaitable})",
            "task = asyncio.create_task(work(2))\nprint('started')\nprint(await task, await task)\n",
            raises=True,
        ),
        Entry(
            "asyncio.sleep",
            ("(delay: float) -> None", "(delay: float, result: T) -> T"),
            ("py::asyncio::~sleep({delay})", "{{ py::asyncio::~sleep({delay}); {result} }}"),
            features=_FEATURES,
            raises=_RAISES,
            effects=("time",),
            observes_int=False,
            case=_case("await asyncio.sleep(0)\nprint('awake')\nawait asyncio.sleep(0.001)\nprint('again')\n"),
        ),
        _function(
            "create_task",
            (f"(coro: {_COROUTINE}, *, name: str | None = None) -> {_TASK}",),
            "py::asyncio::create_task({coro}, {name})",
            "tasks = [asyncio.create_task(work(n)) for n in (3, 1, 2)]\nfor task in tasks:\n    print(await task)\n",
        ),
        _function(
            "ensure_future",
            tuple(f"(coro_or_future: {each}) -> {_TASK}" for each in _ANY[:2]),
            "py::asyncio::ensure_future({coro_or_future})",
            "task = asyncio.ensure_future(work(1))\nprint(await task)\n",
        ),
        _function(
            "gather",
            tuple(f"(awaitables: Iterable[{each}], /) -> list[T]" for each in _ANY),
            "py::asyncio::~gather({awaitables})",
            "print(await asyncio.gather(work(3), work(1), work(2)))\nprint(await asyncio.gather(*[work(n) for n in range(3)]))\n"
            "a, b = await asyncio.gather(work(1), asyncio.sleep(0.001, 'x'))\nprint(a, b)\n",
            raises=True,
        ),
        _function(
            "handle",
            (f'(task: {_TASK}, /) -> "asyncio.TaskHandle"',),
            "py::asyncio::handle({&task})",
            "a, b = await asyncio.gather(work(2), asyncio.sleep(0.001, 'x'))\nprint(a, b)\n",
        ),
        _function(
            "wait_all",
            ('(handles: list["asyncio.TaskHandle"], /) -> None',),
            "py::asyncio::~wait_all({handles})",
            "a, b = await asyncio.gather(asyncio.sleep(0.001, 'x'), work(2))\nprint(a, b)\n",
            raises=True,
        ),
        _function(
            "wait_for",
            tuple(f"(fut: {each}, timeout: float | None) -> T" for each in _ANY),
            "py::asyncio::~wait_for({fut}, {timeout})",
            "print(await asyncio.wait_for(work(1), timeout=5))\ntry:\n    await asyncio.wait_for(asyncio.sleep(5), 0.01)\n"
            "except asyncio.TimeoutError:\n    print('too late')\n",
            raises=True,
        ),
        Entry(
            "asyncio.Future",
            f"() -> {_FUTURE}",
            "py::asyncio::Future::new()",
            kind="class",
            features=_FEATURES,
            case=_case(_FUTURE_CASE + "future.set_result(3)\nprint(await future)\n"),
        ),
        _method(
            "Future",
            "set_result",
            ", result: T, /) -> None",
            "{self}.set_result({result})",
            _FUTURE_CASE + "future.set_result(3)\nprint(future.result())\n",
        ),
        *(
            _method(owner, name, f") -> {result}", f"{{self}}.{name}()", case + f"print({owner.lower()}.{name}())\n" + after)
            for owner, case, after in (
                ("Task", _TASK_CASE, "print(await task)\n"),
                ("Future", _FUTURE_CASE, "future.set_result(1)\n"),
            )
            for name, result in (("done", "bool"), ("cancelled", "bool"))
        ),
        _method("Task", "cancel", ") -> bool", "{self}.cancel()", _STOPPED + "print(task.cancelled(), task.cancel())\n"),
        _method(
            "Future",
            "cancel",
            ") -> bool",
            "{self}.cancel()",
            _FUTURE_CASE + "print(future.cancel(), future.cancelled())\nif not future.done():\n    future.set_result(1)\n",
        ),
        _method("Task", "result", ") -> T", "{self}.~result()", _TASK_CASE + "await task\nprint(task.result())\n", raises=True),
        _method(
            "Future",
            "result",
            ") -> T",
            "{self}.~result()",
            _FUTURE_CASE + "future.set_result('x')\nprint(future.result())\n",
            raises=True,
        ),
        _method(
            "Task",
            "get_name",
            ") -> str",
            "{self}.get_name()",
            "task = asyncio.create_task(work(1), name='one')\nprint(task.get_name(), await task)\n",
        ),
    ),
    refused={
        "asyncio.timeout": ("it is not translated", "Use `asyncio.wait_for`."),
        "asyncio.TaskGroup": ("it is not translated", "Use `asyncio.gather`."),
        "asyncio.as_completed": ("it is not translated", "Use `asyncio.gather`."),
        "asyncio.wait": ("it is not translated", "Use `asyncio.gather`."),
        "asyncio.to_thread": ("threads are not translated", "Call the function."),
        "asyncio.Condition": ("it is not translated", "Use an `asyncio.Event`."),
        "asyncio.get_event_loop": ("the loop as an object is not translated", "Use `asyncio.run`."),
        "asyncio.get_running_loop": ("the loop as an object is not translated", "Use `time.perf_counter` for the clock."),
        "asyncio.new_event_loop": ("the loop as an object is not translated", "Use `asyncio.run`."),
    },
)
