"""Reports: the same findings as text, JSON, SARIF 2.1.0 and workflow annotations.

Each format is one file with one function `render(reports, root) -> str`; findings are in stable order, paths relative with
slashes.
"""
