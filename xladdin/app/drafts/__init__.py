"""Schemes drafted from positions and from a company's own forms, into the master."""
