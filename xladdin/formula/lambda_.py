"""Back-end 4: the tree as a LAMBDA, for Excel 365's named functions."""

from __future__ import annotations

from collections.abc import Sequence

from .excel import excel
from .nodes import Expr

# Inside a file, Excel writes the LAMBDA function and its parameters with these prefixes.
FUNCTION_PREFIX = "_xlfn."
PARAMETER_PREFIX = "_xlpm."


def lambda_(expr: Expr, parameters: Sequence[str], *, stored: bool = False) -> str:
    """``LAMBDA(a,b,body)`` without a leading ``=``; ``stored``: as it stands in a file.

    Raises KeyError when the tree reads a variable that is no parameter.
    """
    prefix = PARAMETER_PREFIX if stored else ""
    names = {name: prefix + name for name in parameters}
    body = excel(expr, names)
    return f"{FUNCTION_PREFIX if stored else ''}LAMBDA({','.join([*names.values(), body])})"
