"""Tests of `xladdin.app.results`."""
