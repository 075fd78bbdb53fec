"""Takes addresses apart and puts them together, and writes what they hold."""

from collections import namedtuple

_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"
_RELATIVE = (
    "",
    "ftp",
    "http",
    "gopher",
    "nntp",
    "imap",
    "wais",
    "file",
    "https",
    "shttp",
    "mms",
    "rtsp",
    "sftp",
    "svn",
    "ws",
    "wss",
)
_SCHEME = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."

SplitResult = namedtuple("SplitResult", "scheme netloc path query fragment")


class ParseResult:
    """An address in its six parts."""

    def __init__(self, scheme: str, netloc: str, path: str, params: str, query: str, fragment: str):
        self.scheme = scheme
        self.netloc = netloc
        self.path = path
        self.params = params
        self.query = query
        self.fragment = fragment

    def _host(self) -> str:
        return self.netloc.rpartition("@")[2]

    @property
    def hostname(self) -> str | None:
        """The name of the host in small letters."""
        host = self._host()
        if host.startswith("["):
            name = host[1:].partition("]")[0]
        else:
            name = host.partition(":")[0]
        return name.lower() or None

    @property
    def port(self) -> int | None:
        """The number of the port."""
        host = self._host()
        if host.startswith("["):
            host = host.partition("]")[2]
        text = host.partition(":")[2]
        if not text:
            return None
        if not text.isdigit():
            raise ValueError(f"Port could not be cast to integer value as {text!r}")
        found = int(text)
        if found > 65535:
            raise ValueError("Port out of range 0-65535")
        return found

    @property
    def username(self) -> str | None:
        """The name before the host."""
        user = self.netloc.rpartition("@")
        return user[0].partition(":")[0] if user[1] else None

    @property
    def password(self) -> str | None:
        """The password before the host."""
        user = self.netloc.rpartition("@")[0].partition(":")
        return user[2] if user[1] else None

    def geturl(self) -> str:
        """The address as a text."""
        return urlunparse((self.scheme, self.netloc, self.path, self.params, self.query, self.fragment))

    def __repr__(self) -> str:
        return (
            f"ParseResult(scheme={self.scheme!r}, netloc={self.netloc!r}, path={self.path!r}, params={self.params!r}, "
            f"query={self.query!r}, fragment={self.fragment!r})"
        )


def urlsplit(url: str, scheme: str = "", allow_fragments: bool = True):
    """An address in five parts: scheme, host, path, query, fragment."""
    rest = url.lstrip(" ").replace("\t", "").replace("\r", "").replace("\n", "")
    found = scheme
    netloc = ""
    query = ""
    fragment = ""
    place = rest.find(":")
    if place > 0 and rest[0].isascii() and rest[0].isalpha() and all(each in _SCHEME for each in rest[:place]):
        found = rest[:place].lower()
        rest = rest[place + 1 :]
    if rest[:2] == "//":
        end = len(rest)
        for each in "/?#":
            there = rest.find(each, 2)
            if there >= 0:
                end = min(end, there)
        netloc = rest[2:end]
        rest = rest[end:]
    if allow_fragments and "#" in rest:
        rest, _, fragment = rest.partition("#")
    if "?" in rest:
        rest, _, query = rest.partition("?")
    return SplitResult(found, netloc, rest, query, fragment)


def urlparse(url: str, scheme: str = "", allow_fragments: bool = True) -> ParseResult:
    """An address in six parts: as `urlsplit`, with the parameters of the last part of the path."""
    parts = urlsplit(url, scheme, allow_fragments)
    path = parts.path
    params = ""
    last = path.rfind("/")
    place = path.find(";", last if last >= 0 else 0)
    if place >= 0 and parts.scheme in (
        "",
        "ftp",
        "hdl",
        "prospero",
        "http",
        "imap",
        "https",
        "shttp",
        "rtsp",
        "sip",
        "sips",
        "mms",
        "sftp",
        "tel",
    ):
        params = path[place + 1 :]
        path = path[:place]
    return ParseResult(parts.scheme, parts.netloc, path, params, parts.query, parts.fragment)


def _unsplit(scheme: str, netloc: str, path: str, query: str, fragment: str) -> str:
    url = path
    if netloc or (scheme and scheme in _RELATIVE and scheme != "" and url[:2] != "//" and scheme == "file"):
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + netloc + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url = url + "?" + query
    if fragment:
        url = url + "#" + fragment
    return url


def urlunsplit(components: tuple[str, str, str, str, str]) -> str:
    """The address of five parts."""
    scheme, netloc, path, query, fragment = components
    return _unsplit(scheme, netloc, path, query, fragment)


def urlunparse(components: tuple[str, str, str, str, str, str]) -> str:
    """The address of six parts."""
    scheme, netloc, path, params, query, fragment = components
    if params:
        path = f"{path};{params}"
    return _unsplit(scheme, netloc, path, query, fragment)


def urljoin(base: str, url: str, allow_fragments: bool = True) -> str:
    """What an address means that stands on the page of another."""
    if not base:
        return url
    if not url:
        return base
    old = urlparse(base, "", allow_fragments)
    new = urlparse(url, old.scheme, allow_fragments)
    if new.scheme != old.scheme or new.scheme not in _RELATIVE:
        return url
    if new.netloc:
        return urlunparse((new.scheme, new.netloc, new.path, new.params, new.query, new.fragment))
    if not new.path and not new.params:
        return urlunparse((new.scheme, old.netloc, old.path, old.params, new.query or old.query, new.fragment))
    before = old.path.split("/")
    if before[-1] != "":
        before = before[:-1]
    if new.path[:1] == "/":
        segments = new.path.split("/")
    else:
        if before and before[-1] == "":
            before = before[:-1]
        segments = before + new.path.split("/")
        middle = [each for each in segments[1:-1] if each]
        segments = [segments[0], *middle, segments[-1]] if len(segments) > 1 else segments
    resolved: list[str] = []
    for each in segments:
        if each == "..":
            if resolved:
                resolved.pop()
        elif each != ".":
            resolved.append(each)
    if segments[-1] in (".", ".."):
        resolved.append("")
    path = "/".join(resolved) or "/"
    return urlunparse((new.scheme, old.netloc, path, new.params, new.query, new.fragment))


def quote(string: str, safe: str = "/") -> str:
    """A text with percent signs for what an address cannot hold."""
    found: list[str] = []
    for byte in string.encode("utf-8"):
        letter = chr(byte)
        if byte < 128 and (letter in _SAFE or letter in safe):
            found.append(letter)
        else:
            found.append(f"%{byte:02X}")
    return "".join(found)


def quote_plus(string: str, safe: str = "") -> str:
    """As `quote`, with plus signs for blanks."""
    return quote(string, safe + " ").replace(" ", "+")


def unquote(string: str) -> str:
    """The text that percent signs stand for."""
    found = bytearray()
    place = 0
    while place < len(string):
        digits = string[place + 1 : place + 3]
        if string[place] == "%" and len(digits) == 2 and all(each in "0123456789abcdefABCDEF" for each in digits):
            found.append(int(digits, 16))
            place += 3
        else:
            found.extend(string[place].encode("utf-8"))
            place += 1
    return bytes(found).decode("utf-8", "replace")


def unquote_plus(string: str) -> str:
    """As `unquote`, with blanks for plus signs."""
    return unquote(string.replace("+", " "))


def urlencode(query, doseq=False) -> str:
    """Names and values as the query of an address."""
    if isinstance(query, dict):
        return "&".join([f"{quote_plus(str(name))}={quote_plus(str(value))}" for name, value in query.items()])
    return "&".join([f"{quote_plus(str(name))}={quote_plus(str(value))}" for name, value in query])


def parse_qsl(qs: str, keep_blank_values: bool = False, strict_parsing: bool = False) -> list[tuple[str, str]]:
    """The names and values of a query, as a list."""
    found: list[tuple[str, str]] = []
    for each in qs.split("&"):
        if not each:
            continue
        name, sign, value = each.partition("=")
        if strict_parsing and not sign:
            raise ValueError(f"bad query field: {each!r}")
        if (sign or keep_blank_values) and (value or keep_blank_values):
            found.append((unquote_plus(name), unquote_plus(value)))
    return found


def parse_qs(qs: str, keep_blank_values: bool = False, strict_parsing: bool = False) -> dict[str, list[str]]:
    """The values of each name of a query."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing):
        found.setdefault(name, []).append(value)
    return found
