"""Tests of the worksheet functions as Excel calls them."""
