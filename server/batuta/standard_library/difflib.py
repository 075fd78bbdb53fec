"""Compares sequences: what they have in common, how alike they are, and what must be done to make one the other."""

from collections import namedtuple
from heapq import nlargest

Match = namedtuple("Match", "a b size")


def _places(b, isjunk, autojunk):
    """Where each item of the second sequence stands, without junk and without what is everywhere; and the junk."""
    places = {}
    for place, item in enumerate(b):
        places.setdefault(item, []).append(place)
    junk = set()
    if isjunk is not None:
        for item in places:
            if isjunk(item):
                junk.add(item)
        for item in junk:
            del places[item]
    if autojunk and len(b) >= 200:
        most = len(b) // 100 + 1
        popular = [item for item, found in places.items() if len(found) > most]
        for item in popular:
            del places[item]
    return places, junk


def _longest(a, b, places, junk, alo, ahi, blo, bhi):
    """The longest common block inside the two ranges: the first of the longest ones."""
    first = alo
    second = blo
    best = 0
    lengths = {}
    for i in range(alo, ahi):
        now = {}
        for j in places.get(a[i], []):
            if j < blo:
                continue
            if j >= bhi:
                break
            size = lengths.get(j - 1, 0) + 1
            now[j] = size
            if size > best:
                first = i - size + 1
                second = j - size + 1
                best = size
        lengths = now
    for junky in (False, True):
        while first > alo and second > blo and (b[second - 1] in junk) == junky and a[first - 1] == b[second - 1]:
            first -= 1
            second -= 1
            best += 1
        while (
            first + best < ahi
            and second + best < bhi
            and (b[second + best] in junk) == junky
            and a[first + best] == b[second + best]
        ):
            best += 1
    return Match(first, second, best)


def _blocks(a, b, isjunk, autojunk):
    """The common blocks in order, with an empty one at the end."""
    places, junk = _places(b, isjunk, autojunk)
    todo = [(0, len(a), 0, len(b))]
    found = []
    while todo:
        alo, ahi, blo, bhi = todo.pop()
        i, j, size = _longest(a, b, places, junk, alo, ahi, blo, bhi)
        if size > 0:
            found.append((i, j, size))
            if alo < i and blo < j:
                todo.append((alo, i, blo, j))
            if i + size < ahi and j + size < bhi:
                todo.append((i + size, ahi, j + size, bhi))
    found.sort()
    first = 0
    second = 0
    length = 0
    blocks = []
    for i, j, size in found:
        if first + length == i and second + length == j:
            length += size
        else:
            if length:
                blocks.append(Match(first, second, length))
            first = i
            second = j
            length = size
    if length:
        blocks.append(Match(first, second, length))
    blocks.append(Match(len(a), len(b), 0))
    return blocks


def _codes(blocks):
    i = 0
    j = 0
    found = []
    for first, second, size in blocks:
        tag = ""
        if i < first and j < second:
            tag = "replace"
        elif i < first:
            tag = "delete"
        elif j < second:
            tag = "insert"
        if tag:
            found.append((tag, i, first, j, second))
        i = first + size
        j = second + size
        if size:
            found.append(("equal", first, i, second, j))
    return found


def _groups(opcodes, n):
    codes = list(opcodes)
    if not codes:
        codes = [("equal", 0, 1, 0, 1)]
    if codes[0][0] == "equal":
        tag, i1, i2, j1, j2 = codes[0]
        codes[0] = (tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2)
    if codes[-1][0] == "equal":
        tag, i1, i2, j1, j2 = codes[-1]
        codes[-1] = (tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n))
    groups = []
    group = []
    for tag, i1, i2, j1, j2 in codes:
        start = i1
        other = j1
        if tag == "equal" and i2 - i1 > 2 * n:
            group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
            groups.append(group)
            group = []
            start = max(i1, i2 - n)
            other = max(j1, j2 - n)
        group.append((tag, start, i2, other, j2))
    if group and not (len(group) == 1 and group[0][0] == "equal"):
        groups.append(group)
    return groups


class SequenceMatcher:
    """Finds the blocks that two sequences have in common."""

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk = isjunk
        self.autojunk = autojunk
        self.a = a
        self.b = b
        self._blocks = []

    def set_seqs(self, a, b):
        """Set both sequences."""
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        """Set the first sequence."""
        self.a = a
        self._blocks = []

    def set_seq2(self, b):
        """Set the second sequence."""
        self.b = b
        self._blocks = []

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest common block inside the two ranges."""
        first_end = len(self.a) if ahi is None else ahi
        second_end = len(self.b) if bhi is None else bhi
        places, junk = _places(self.b, self.isjunk, self.autojunk)
        return _longest(self.a, self.b, places, junk, alo, first_end, blo, second_end)

    def get_matching_blocks(self):
        """The common blocks in order, with an empty one at the end."""
        if not self._blocks:
            self._blocks = _blocks(self.a, self.b, self.isjunk, self.autojunk)
        return self._blocks

    def get_opcodes(self):
        """What makes the first sequence the second one: (tag, i1, i2, j1, j2)."""
        return _codes(self.get_matching_blocks())

    def get_grouped_opcodes(self, n=3):
        """The same in groups with at most n equal items around each change."""
        yield from _groups(self.get_opcodes(), n)

    def ratio(self):
        """How alike the sequences are, from 0 to 1."""
        matches = sum(block.size for block in self.get_matching_blocks())
        return _ratio(matches, len(self.a) + len(self.b))

    def quick_ratio(self):
        """An upper bound of the ratio."""
        available = {}
        for item in self.b:
            available[item] = available.get(item, 0) + 1
        matches = 0
        for item in self.a:
            left = available.get(item, 0)
            available[item] = left - 1
            if left > 0:
                matches += 1
        return _ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        """A rough upper bound of the ratio."""
        return _ratio(min(len(self.a), len(self.b)), len(self.a) + len(self.b))


def _ratio(matches, length):
    return 2.0 * matches / length if length else 1.0


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """The most similar of some possibilities, the most similar first."""
    if not n > 0:
        raise ValueError(f"n must be > 0: {n!r}")
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError(f"cutoff must be in [0.0, 1.0]: {cutoff!r}")
    found = []
    for each in possibilities:
        matches = sum(block.size for block in _blocks(each, word, None, True))
        score = _ratio(matches, len(each) + len(word))
        if score >= cutoff:
            found.append((score, each))
    return [each for _, each in nlargest(n, found)]


def _unified_range(start: int, stop: int) -> str:
    begin = start + 1
    length = stop - start
    if length == 1:
        return f"{begin}"
    if not length:
        begin -= 1
    return f"{begin},{length}"


def unified_diff(
    a: list[str],
    b: list[str],
    fromfile: str = "",
    tofile: str = "",
    fromfiledate: str = "",
    tofiledate: str = "",
    n: int = 3,
    lineterm: str = "\n",
):
    """The lines of a unified diff."""
    begun = False
    for group in _groups(_codes(_blocks(a, b, None, True)), n):
        if not begun:
            begun = True
            from_date = f"\t{fromfiledate}" if fromfiledate else ""
            to_date = f"\t{tofiledate}" if tofiledate else ""
            yield f"--- {fromfile}{from_date}{lineterm}"
            yield f"+++ {tofile}{to_date}{lineterm}"
        first = _unified_range(group[0][1], group[-1][2])
        second = _unified_range(group[0][3], group[-1][4])
        yield f"@@ -{first} +{second} @@{lineterm}"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                for line in a[i1:i2]:
                    yield " " + line
                continue
            if tag in ("replace", "delete"):
                for line in a[i1:i2]:
                    yield "-" + line
            if tag in ("replace", "insert"):
                for line in b[j1:j2]:
                    yield "+" + line


def _context_range(start: int, stop: int) -> str:
    begin = start + 1
    length = stop - start
    if not length:
        begin -= 1
    if length <= 1:
        return f"{begin}"
    return f"{begin},{begin + length - 1}"


def context_diff(
    a: list[str],
    b: list[str],
    fromfile: str = "",
    tofile: str = "",
    fromfiledate: str = "",
    tofiledate: str = "",
    n: int = 3,
    lineterm: str = "\n",
):
    """The lines of a context diff."""
    signs = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}
    begun = False
    for group in _groups(_codes(_blocks(a, b, None, True)), n):
        if not begun:
            begun = True
            from_date = f"\t{fromfiledate}" if fromfiledate else ""
            to_date = f"\t{tofiledate}" if tofiledate else ""
            yield f"*** {fromfile}{from_date}{lineterm}"
            yield f"--- {tofile}{to_date}{lineterm}"
        yield f"***************{lineterm}"
        yield f"*** {_context_range(group[0][1], group[-1][2])} ****{lineterm}"
        if any(code[0] in ("replace", "delete") for code in group):
            for tag, i1, i2, _, _ in group:
                if tag != "insert":
                    for line in a[i1:i2]:
                        yield signs[tag] + line
        yield f"--- {_context_range(group[0][3], group[-1][4])} ----{lineterm}"
        if any(code[0] in ("replace", "insert") for code in group):
            for tag, _, _, j1, j2 in group:
                if tag != "delete":
                    for line in b[j1:j2]:
                        yield signs[tag] + line
