"""Exports of shop and ticket systems: whose figures, of which indicators, in which unit."""
