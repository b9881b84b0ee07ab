"""Filled forms come back: read, asked about, kept, listed."""
