"""The annual debrief, a sheet a module."""
