"""Tests of `xladdin.app.drafts`."""
