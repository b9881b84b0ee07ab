"""Tests of `xladdin.app.generating`."""
