"""Nodes over ranges of cells, and what each back-end makes of them."""
