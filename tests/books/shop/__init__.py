"""Tests of `xladdin.books.shop`."""
