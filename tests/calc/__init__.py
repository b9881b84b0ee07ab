"""xlwings without Excel: an engine that carries xlwings' public objects to a headless Calc.

What asks `xw.App`, `Book`, `Sheet` or `Range` runs here as it is, against real cells and real
formulas. The engine answers as the one for Excel on Windows does: indices count from 1, an unknown
book is a `KeyError`, and what Excel itself refuses is a `ComError`.
"""
