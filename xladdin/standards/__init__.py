"""A duty's measurable standards, read out of a clerk's own bracketed text.

A wrong reading is worse than none: what is not understood for certain comes back as unread, with
the reason.  Nothing is imported here: who reads months needs the numerals, and none of the rest.
"""
