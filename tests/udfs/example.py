"""A module with one function, for trying out how functions are registered."""

from typing import Annotated, Any

import xlwings as xw


@xw.func(category="试验")
def TWICE(number: Annotated[Any, {"doc": "一个数"}]) -> Any:  # noqa: N802
    """两倍。"""
    return 2 * number
