"""Editing a workbook that is not ours: single cells and rows change, all else stays as it was.

Works on the parts of the package, since a library that reads a workbook into objects and writes
it again drops what it does not know.  Knows Office Open XML, and nothing of appraisals.
"""
