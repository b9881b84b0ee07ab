"""What goes into Excel: the add-in's parts, and functions that need no Python."""
