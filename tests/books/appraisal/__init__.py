"""Tests of `xladdin.books.appraisal`."""
