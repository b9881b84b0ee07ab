"""Tests of `xladdin.books.ratings`."""
