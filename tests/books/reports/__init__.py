"""Tests of `xladdin.books.reports`."""
