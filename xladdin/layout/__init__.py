"""Cells as values, placed and written; the only room that knows XlsxWriter."""
