"""The words that Python keeps for itself."""

kwlist = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
    "return", "try", "while", "with", "yield",
]  # fmt: skip
softkwlist = ["_", "case", "match"]


def iskeyword(word: str) -> bool:
    """Whether a word is a keyword."""
    return word in kwlist


def issoftkeyword(word: str) -> bool:
    """Whether a word is a keyword in some places only."""
    return word in softkwlist
