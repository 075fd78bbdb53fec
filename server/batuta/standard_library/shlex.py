"""Splits command lines into words as a shell does."""

import re

_SAFE = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")


def split(s: str, comments: bool = False, posix: bool = True) -> list[str]:
    """The words of a command line; quotes and backslashes as a shell reads them."""
    if not posix:
        raise NotImplementedError("only the rules of POSIX are known")
    words: list[str] = []
    word = ""
    begun = False
    quote = ""
    place = 0
    while place < len(s):
        letter = s[place]
        place += 1
        if quote == "'":
            if letter == "'":
                quote = ""
            else:
                word += letter
        elif quote == '"':
            if letter == '"':
                quote = ""
            elif letter == "\\":
                if place >= len(s):
                    raise ValueError("No escaped character")
                following = s[place]
                place += 1
                if following not in '"\\':
                    word += letter
                word += following
            else:
                word += letter
        elif letter in " \t\r\n":
            if begun:
                words.append(word)
                word = ""
                begun = False
        elif comments and letter == "#":
            while place < len(s) and s[place] != "\n":
                place += 1
            if begun:
                words.append(word)
                word = ""
                begun = False
        elif letter == "\\":
            if place >= len(s):
                raise ValueError("No escaped character")
            word += s[place]
            place += 1
            begun = True
        elif letter in "'\"":
            quote = letter
            begun = True
        else:
            word += letter
            begun = True
    if quote:
        raise ValueError("No closing quotation")
    if begun:
        words.append(word)
    return words


def quote(s: str) -> str:
    """A word as a shell must be given it."""
    if not s:
        return "''"
    if _SAFE.fullmatch(s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command: list[str]) -> str:
    """Words as one command line."""
    return " ".join([quote(each) for each in split_command])
