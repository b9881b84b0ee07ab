"""A company: its people, schemes, figures, raters, tokens; who is appraised by what, and on what."""
