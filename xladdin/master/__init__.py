"""The master workbook, in which a clerk keeps everything: its sheets, reading and writing it."""
