"""The master workbook as a book: one sheet per table, checked live by native formulas."""
