"""The functions in a Windows Python, called over COM as Excel calls them; see ``run.sh``.

No test of the suite: it needs Wine and downloads a Windows Python.
"""
