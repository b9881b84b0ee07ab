"""Tests of `xladdin.app.reporting`."""
