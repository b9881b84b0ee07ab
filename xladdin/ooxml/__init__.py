"""The floor for workbook files: package, relationships, addresses, limits, one way to open.

Knows Office Open XML and how its files may be damaged or hostile, and nothing of appraisals.
Whatever a file says of itself (sizes, dimensions, counts) is measured before it is believed.
"""
