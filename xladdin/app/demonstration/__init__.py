"""The shipped example company, through its whole month."""
