"""Tests of `xladdin.books.debrief`."""
