"""Tests of the reading of templates."""
