"""The scoring rules that companies write on their own forms, read into scoring methods.

A rule is read whole or not at all: every word of it must be understood, since what is left out may
be just what matters.  What is not understood for certain comes back with the reason.
"""
