"""Tests of `xladdin.books.summary`."""
