"""Forms that come back: read by name, whatever was done to them, and every difference named.

Only what was asked is taken; scores are computed again.  Reads files and says what they hold; what
becomes of it (master, ledger, lists) is the use case's affair.
"""
