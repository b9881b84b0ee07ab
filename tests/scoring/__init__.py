"""Tests of the scoring rules and of the score model."""
