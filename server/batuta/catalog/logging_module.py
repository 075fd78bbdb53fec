"""`logging`: loggers, handlers for streams and files, formats.

## Before
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    logging.info("read %d rows", count)
## After
    py::logging::basic_config(Some(20), py::logging::Formatter::basic(…), …);
    py::logging::log(20, &format!("read {} rows", count), false);
## Same numbers
    what is written, to the character; times are those of the run
## Not handled
    `extra`, filters, adapters, the handlers of `logging.handlers`; tracebacks where the output is compared
"""

from __future__ import annotations

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_LOGGER, _HANDLER, _FORMATTER = '"logging.Logger"', '"logging.Handler"', '"logging.Formatter"'
_IMPORT = "import logging\nimport sys\n"
_START = _IMPORT + 'logging.basicConfig(level=logging.DEBUG, format="%(levelname)s:%(name)s:%(message)s", stream=sys.stdout)\n'
_LEVELS = {"debug": 10, "info": 20, "warning": 30, "warn": 30, "error": 40, "critical": 50, "fatal": 50, "exception": 40}
_PLACE = "line: int, function: str, file: str"
_AT = "&py::logging::Place {{ line: {line}, function: {function}, file: {file} }}"
_MESSAGE = 'x, y = 3, [1, "a"]\n'


def _message(name: str, level: int) -> tuple[Entry, Entry]:
    """The function of the module, and the method of a logger."""
    shown = "True" if name == "exception" else "False"
    more = f"msg: str, /, *, exc_info: bool = {shown}"
    case = f'{_MESSAGE}{{0}}.{name}("plain 100%")\n{{0}}.{name}("x %s and %r, %5.2f", x, y, 2.5)\n{{0}}.{name}(f"{{{{x}}}}")\n{{0}}.{name}(x)\n'
    quiet = name == "exception"
    start = _IMPORT if quiet else _START
    return (
        Entry(
            f"logging.{name}",
            (f"({more}) -> None", f"({more}, {_PLACE}) -> None"),
            (
                f"py::logging::log({level}, {{&msg}}, {{exc_info}})",
                f"py::logging::log_at({level}, {{&msg}}, {{exc_info}}, {_AT})",
            ),
            effects=("prints",),
            case=start + case.format("logging") + "print('end')\n",
        ),
        Entry(
            f"logging.Logger.{name}",
            (f"(self: {_LOGGER}, {more}) -> None", f"(self: {_LOGGER}, {more}, {_PLACE}) -> None"),
            (
                f"{{self}}.log({level}, {{&msg}}, {{exc_info}})",
                f"{{self}}.log_at({level}, {{&msg}}, {{exc_info}}, {_AT})",
            ),
            kind="method",
            effects=("prints",),
            case=start + 'log = logging.getLogger("app.part")\n' + case.format("log") + "print('end')\n",
        ),
    )


def _logger(name: str, signature: str | tuple[str, ...], rust: str | tuple[str, ...], case: str, kind: str = "method") -> Entry:
    return Entry(
        f"logging.Logger.{name}",
        signature,
        rust,
        kind=kind,  # type: ignore[arg-type]
        case=_START + 'log = logging.getLogger("app")\n' + case,
    )


def _level(owner: str, case: str) -> Entry:
    kind = f'"logging.{owner}"'
    return Entry(
        f"logging.{owner}.setLevel",
        (f"(self: {kind}, level: int) -> None", f"(self: {kind}, level: str) -> None"),
        ("{self}.set_level({level})", "{self}.set_level(py::logging::~level({&level}))"),
        kind="method",
        raises=("ValueError",),
        case=case,
    )


_FORMAT_CASE = (
    _IMPORT + 'log = logging.getLogger("app")\nlog.setLevel("DEBUG")\nhandler = logging.StreamHandler(sys.stdout)\n'
    'handler.setFormatter(logging.Formatter("[%(levelname)-8s] %(name)5s %(levelno)s - %(message)s"))\n'
    'handler.setLevel(logging.INFO)\nlog.addHandler(handler)\nlog.debug("unseen")\nlog.info("seen %s", [1])\nlog.error("bad")\n'
)
_CONFIGURED = "*, {}format: str | None = None, datefmt: str | None = None, style: str = '%'"
_BASIC = "py::logging::Formatter::basic({format}, {datefmt}, {&style})"


def _configurations() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """`basicConfig` with a level as number or text, and with a stream, a file or handlers."""
    signatures, forms = [], []
    for kind, level in (("int | None = None", "{level}"), ("str", "Some(py::logging::level({&level}))")):
        for more, handlers in (
            ("", "None"),
            ('stream: "file", ', "Some(vec![py::logging::stream_handler(Some({stream}))])"),
            (
                "filename: str, filemode: str = 'a', encoding: str | None = None, ",
                "Some(vec![py::logging::file_handler({&filename}, {&filemode})])",
            ),
            (f"handlers: list[{_HANDLER}], ", "Some({handlers})"),
        ):
            signatures.append(
                f"(*, level: {kind}, {more}format: str | None = None, datefmt: str | None = None, style: str = '%', force: bool = False) -> None"
            )
            forms.append(f"py::logging::basic_config({level}, {_BASIC}, {handlers}, {{force}})")
    return tuple(signatures), tuple(forms)


_SIGNATURES, _FORMS = _configurations()

SHELF = Shelf(
    module="logging",
    classes=(
        LibraryClass("logging.Logger", "py::logging::Logger", mutable=False),
        LibraryClass("logging.Handler", "py::logging::Handler", mutable=False),
        LibraryClass("logging.Formatter", "py::logging::Formatter", mutable=False),
    ),
    entries=(
        *(each for name, level in _LEVELS.items() for each in _message(name, level)),
        Entry(
            "logging.basicConfig",
            _SIGNATURES,
            _FORMS,
            effects=("writes",),
            case=_START + 'logging.info("one")\nlogging.basicConfig(level=logging.ERROR)\nlogging.debug("two")\n'
            'logging.basicConfig(level="ERROR", format="%(message)s", handlers=[logging.StreamHandler(sys.stdout)], force=True)\n'
            'logging.info("three")\nlogging.error("four")\n'
            'logging.basicConfig(filename="log.txt", filemode="w", level=logging.INFO, force=True, style="{", format="{levelname}|{message}")\n'
            'logging.info("five")\nlogging.shutdown()\nprint(open("log.txt").read())\n',
        ),
        Entry(
            "logging.getLogger",
            f"(name: str | None = None) -> {_LOGGER}",
            "py::logging::get_logger({name})",
            case=_START + 'print(logging.getLogger("a") is logging.getLogger("a"), logging.getLogger().name)\n'
            'log = logging.getLogger(__name__)\nlog.info("hello")\nprint(logging.getLogger("a.b"))\n',
        ),
        Entry(
            "logging.log",
            (
                "(level: int, msg: str, /, *, exc_info: bool = False) -> None",
                f"(level: int, msg: str, /, *, exc_info: bool = False, {_PLACE}) -> None",
            ),
            ("py::logging::log({level}, {&msg}, {exc_info})", f"py::logging::log_at({{level}}, {{&msg}}, {{exc_info}}, {_AT})"),
            effects=("prints",),
            case=_START + 'logging.log(25, "odd %d", 3)\n',
        ),
        _logger(
            "log",
            (
                f"(self: {_LOGGER}, level: int, msg: str, /, *, exc_info: bool = False) -> None",
                f"(self: {_LOGGER}, level: int, msg: str, /, *, exc_info: bool = False, {_PLACE}) -> None",
            ),
            ("{self}.log({level}, {&msg}, {exc_info})", f"{{self}}.log_at({{level}}, {{&msg}}, {{exc_info}}, {_AT})"),
            'log.log(logging.INFO, "x %s", 1)\n',
        ),
        Entry(
            "logging.StreamHandler",
            f'(stream: "file" | None = None) -> {_HANDLER}',
            "py::logging::stream_handler({stream})",
            kind="class",
            case=_FORMAT_CASE,
        ),
        Entry(
            "logging.FileHandler",
            f"(filename: str, mode: str = 'a', encoding: str | None = None, delay: bool = False) -> {_HANDLER}",
            "py::logging::file_handler({&filename}, {&mode})",
            kind="class",
            effects=("writes",),
            case=_IMPORT
            + 'log = logging.getLogger("f")\nhandler = logging.FileHandler("out.log", mode="w")\nlog.addHandler(handler)\n'
            'log.warning("kept %s", 1)\nhandler.close()\nprint(open("out.log").read(), end="")\n',
        ),
        Entry(
            "logging.NullHandler",
            f"() -> {_HANDLER}",
            "py::logging::null_handler()",
            kind="class",
            case=_IMPORT
            + 'log = logging.getLogger("lib")\nlog.addHandler(logging.NullHandler())\nlog.error("unseen")\nprint(len(log.handlers))\n',
        ),
        Entry(
            "logging.Formatter",
            f"(fmt: str | None = None, datefmt: str | None = None, style: str = '%') -> {_FORMATTER}",
            "py::logging::Formatter::new({fmt}, {datefmt}, {&style})",
            kind="class",
            case=_FORMAT_CASE
            + 'handler.setFormatter(logging.Formatter("{levelname:<6}{message}", style="{"))\nlog.info("x")\n'
            + 'handler.setFormatter(logging.Formatter("%(lineno)d %(funcName)s %(message)s"))\n\n\ndef work():\n    log.info("here")\n\n\nwork()\nlog.error("there")\n',
        ),
        _level("Handler", _FORMAT_CASE),
        _level(
            "Logger",
            _START
            + 'log = logging.getLogger("app")\nlog.setLevel(logging.ERROR)\nlog.info("no")\nlog.setLevel("INFO")\nlog.info("yes")\n'
            'try:\n    log.setLevel("LOUD")\nexcept ValueError as error:\n    print(error)\n',
        ),
        Entry(
            "logging.Handler.setFormatter",
            f"(self: {_HANDLER}, fmt: {_FORMATTER}) -> None",
            "{self}.set_formatter({fmt})",
            kind="method",
            case=_FORMAT_CASE,
        ),
        *(
            Entry(
                f"logging.Handler.{name}",
                f"(self: {_HANDLER}) -> None",
                f"{{self}}.{name}()",
                kind="method",
                case=_FORMAT_CASE + f"handler.{name}()\n",
            )
            for name in ("flush", "close")
        ),
        Entry(
            "logging.Handler.level",
            f"(self: {_HANDLER}) -> int",
            "{self}.level()",
            kind="attribute",
            case=_FORMAT_CASE + "print(handler.level)\n",
        ),
        _logger(
            "addHandler",
            f"(self: {_LOGGER}, hdlr: {_HANDLER}) -> None",
            "{self}.add_handler({hdlr})",
            'log.addHandler(logging.StreamHandler(sys.stdout))\nlog.info("twice")\n',
        ),
        _logger(
            "removeHandler",
            f"(self: {_LOGGER}, hdlr: {_HANDLER}) -> None",
            "{self}.remove_handler(&{hdlr})",
            "handler = logging.StreamHandler(sys.stdout)\nlog.addHandler(handler)\nlog.removeHandler(handler)\nlog.info('once')\n",
        ),
        _logger("hasHandlers", f"(self: {_LOGGER}) -> bool", "{self}.has_handlers()", "print(log.hasHandlers())\n"),
        _logger(
            "isEnabledFor",
            f"(self: {_LOGGER}, level: int) -> bool",
            "{self}.is_enabled_for({level})",
            "print(log.isEnabledFor(logging.DEBUG))\n",
        ),
        _logger(
            "getEffectiveLevel", f"(self: {_LOGGER}) -> int", "{self}.effective_level()", "print(log.getEffectiveLevel())\n"
        ),
        _logger(
            "getChild",
            f"(self: {_LOGGER}, suffix: str) -> {_LOGGER}",
            "{self}.child({&suffix})",
            "log.getChild('x').info('child')\n",
        ),
        _logger(
            "_set_propagate",
            f"(self: {_LOGGER}, value: bool) -> None",
            "{self}.set_propagate({value})",
            'log.propagate = False\nlog.info("unseen")\nprint(log.propagate)\n',
        ),
        _logger("name", f"(self: {_LOGGER}) -> str", "{self}.name()", "print(log.name)\n", "attribute"),
        _logger("level", f"(self: {_LOGGER}) -> int", "{self}.level()", "print(log.level)\n", "attribute"),
        _logger("propagate", f"(self: {_LOGGER}) -> bool", "{self}.propagate()", "print(log.propagate)\n", "attribute"),
        _logger(
            "handlers",
            f"(self: {_LOGGER}) -> list[{_HANDLER}]",
            "{self}.handlers()",
            "print(len(log.handlers))\nif not log.handlers:\n    log.addHandler(logging.NullHandler())\nprint(len(log.handlers))\n",
            "attribute",
        ),
        *(
            Entry(f"logging.{name}", "() -> int", str(value), kind="constant", case=_IMPORT + f"print(logging.{name})\n")
            for name, value in (
                ("NOTSET", 0),
                ("DEBUG", 10),
                ("INFO", 20),
                ("WARNING", 30),
                ("WARN", 30),
                ("ERROR", 40),
                ("CRITICAL", 50),
                ("FATAL", 50),
            )
        ),
        Entry(
            "logging.root", f"() -> {_LOGGER}", "py::logging::root()", kind="constant", case=_START + "logging.root.info('r')\n"
        ),
        Entry(
            "logging.getLevelName",
            ("(level: int) -> str", "(level: str) -> int"),
            ("py::logging::level_name({level})", "py::logging::level({&level})"),
            case=_IMPORT + "print(logging.getLevelName(20), logging.getLevelName(15), logging.getLevelName('ERROR'))\n",
        ),
        Entry(
            "logging.addLevelName",
            "(level: int, levelName: str) -> None",
            "py::logging::add_level_name({level}, {&levelName})",
            case=_START + "logging.addLevelName(15, 'FINE')\nlogging.log(15, 'x')\n",
        ),
        Entry(
            "logging.disable",
            "(level: int = 50) -> None",
            "py::logging::disable({level})",
            case=_START
            + "logging.disable(logging.INFO)\nlogging.info('no')\nlogging.error('yes')\nlogging.disable(logging.NOTSET)\nlogging.info('again')\n",
        ),
        Entry("logging.shutdown", "() -> None", "py::flush()", case=_START + "logging.shutdown()\n"),
    ),
    refused={
        "logging.LoggerAdapter": ("adapters have no Rust form here", "Put what it adds into the message."),
        "logging.Filter": ("filters have no Rust form here", "Test the condition before the call."),
    },
)
