"""Real runs of the command line that are killed, stalled, starved of disk, and raced.

What must hold afterwards: every file is the old one or the new one, and whole; running again gives
what an undisturbed run gives; nothing is left beside it; whatever a command said it wrote is there.

A sample runs with all tests; ``make proof`` does everything, and writes the figures down.
"""
