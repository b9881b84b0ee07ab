"""Scoring rules, each one expression tree, and the model that joins them to a form."""
