"""The forms, one module each."""
