"""The add-in on a clerk's machine: put it in, take it out, say what keeps it from working."""
