"""Which library names only draw: the plotting packages, and the displays of scikit-learn."""

from __future__ import annotations

PACKAGES = frozenset({"matplotlib", "mpl_toolkits", "pylab", "seaborn", "plotly"})
"""Top-level packages of which everything counts as drawing."""

OF_TABLES = frozenset({"plot", "hist", "boxplot"})
"""Methods of pandas' tables and columns that draw."""

KEEP_DRAWING = (
    "Pass `--drop-plots` (or set `drop-plots = true`, or write `# batuta: drop-plots` on a line of the file): what only draws, and "
    "what only feeds it, is left out then."
)
"""What is said where a program draws and nobody asked to leave it out."""


def draws(qualified: str) -> bool:
    """Whether a qualified library name is drawing and nothing else."""
    parts = qualified.split(".")
    if parts[0] in PACKAGES:
        return True
    if parts[0] in ("pandas", "scipy"):
        return "plotting" in parts or parts[-1] in ("voronoi_plot_2d", "delaunay_plot_2d", "convex_hull_plot_2d")
    if parts[0] != "sklearn":
        return False
    return any(
        (each.endswith("Display") and each[:1].isupper()) or (each.startswith("plot_") and index > 0)
        for index, each in enumerate(parts)
    )
