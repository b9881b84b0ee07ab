"""The shop's report, a sheet a module."""
