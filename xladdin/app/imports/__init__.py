"""Exports of other systems into the master."""
