"""Tests of xladdin."""
