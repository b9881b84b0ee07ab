"""Broken files and odd names for every command: ``make fuzz``, or ``python -m tests.fuzz``.

A case is made from its seed alone, run in a process of its own, and judged by what it left.
"""
