"""Tests of the workbench itself."""
