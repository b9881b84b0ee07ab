"""Tests of cells, placement, pages and the writer."""
