"""The packages that are installed: locked by their hashes, and audited."""
