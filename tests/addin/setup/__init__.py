"""Tests of what makes the setup file."""
