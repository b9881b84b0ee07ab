"""Forms planned and written, one workbook per employee."""
