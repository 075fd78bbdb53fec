"""Columns of pandas' tables, and values of their rows, that are asked for as attributes.

    df.age          df["age"]
    row.age         row["age"]

pandas gives a column so only where a table has no member of that name.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from batuta.analysis.program import Use
from batuta.catalog._tables import FRAME, NAMED_ROW, PICKED_ROW, REST, ROW, columns_of
from batuta.catalog.entry import NotYet
from batuta.python.new_nodes import located

if TYPE_CHECKING:
    from batuta.analysis.graph import Atom, Cell
    from batuta.analysis.infer import Inference

_LISTED = """
    T abs add add_prefix add_suffix agg aggregate align all any apply asfreq asof assign astype at at_time attrs axes
    between_time bfill boxplot clip columns combine combine_first compare convert_dtypes copy corr corrwith count cov
    cummax cummin cumprod cumsum describe diff div divide dot drop drop_duplicates droplevel dropna dtypes duplicated empty
    eq equals eval ewm expanding explode ffill fillna filter first_valid_index flags floordiv from_arrow from_dict
    from_records ge get groupby gt head hist iat idxmax idxmin iloc index infer_objects info insert interpolate isetitem
    isin isna isnull items iterrows itertuples join keys kurt kurtosis last_valid_index le loc lt map mask max mean median
    melt memory_usage merge min mod mode mul multiply ndim ne nlargest notna notnull nsmallest nunique pct_change pipe
    pivot pivot_table plot pop pow prod product quantile query radd rank rdiv reindex reindex_like rename rename_axis
    reorder_levels replace resample reset_index rfloordiv rmod rmul rolling round rpow rsub rtruediv sample select
    select_dtypes sem set_axis set_flags set_index shape shift size skew sort_index sort_values sparse squeeze stack std
    style sub subtract sum swaplevel tail take to_clipboard to_csv to_dict to_excel to_feather to_hdf to_html to_iceberg
    to_json to_latex to_markdown to_numpy to_orc to_parquet to_period to_pickle to_records to_sql to_stata to_string
    to_timestamp to_xarray to_xml transform transpose truediv truncate tz_convert tz_localize unstack update value_counts
    values var where xs
"""
_MEMBERS = frozenset(_LISTED.split())
"""What tables have themselves, in the version of pandas that results are compared with."""


def column_of_attribute(inference: Inference, node: ast.Attribute, atom: Atom) -> Cell | None:
    """The cell of a column that is asked for as an attribute; None of anything else."""
    if (
        atom.key[0] != "object"
        or atom.key[1] not in (FRAME, ROW, NAMED_ROW, PICKED_ROW)
        or (atom.key[1] == FRAME and node.attr in _MEMBERS)
    ):
        return None
    found = inference.resolver.resolve(inference.eval(node.value))
    try:
        names = [name for name, _ in columns_of(found)]
    except NotYet:
        return None
    if node.attr not in names and REST not in names:
        return None
    made: ast.expr | None = inference.made.get(("column", node))
    if made is None:
        made = located(ast.Subscript(node.value, ast.Constant(node.attr), ast.Load()), node)
        inference.made[("column", node)] = made
    inference.instance.uses[(node, "")] = Use("desugared", bound={"value": [made]})
    cell = inference.cell(node)
    inference.graph.flow(inference.eval(made), cell)
    return cell
