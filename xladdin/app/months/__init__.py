"""A month is opened, and its figures asked for."""
