"""The functions that need no Python: LAMBDAs printed from the same trees as the forms."""

from .pack import functions, write_pack

__all__ = ["functions", "write_pack"]
