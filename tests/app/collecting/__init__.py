"""Tests of `xladdin.app.collecting`."""
