"""Escapes what has a meaning in HTML."""


def escape(s: str, quote: bool = True) -> str:
    """A text with `&`, `<`, `>` and quotes as references."""
    text = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        text = text.replace('"', "&quot;").replace("'", "&#x27;")
    return text
