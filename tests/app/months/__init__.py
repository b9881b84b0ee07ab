"""Tests of `xladdin.app.imports`."""
