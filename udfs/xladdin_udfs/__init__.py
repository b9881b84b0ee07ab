"""Worksheet functions for Excel, through xlwings."""
