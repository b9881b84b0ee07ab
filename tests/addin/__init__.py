"""Tests of what goes into Excel."""
