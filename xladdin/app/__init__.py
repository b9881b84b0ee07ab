"""Use cases: what the fronts (command line, worksheet functions, ribbon) ask for."""
