"""Tests of `xladdin.app.demonstration`."""
