"""What service records come to: metrics declared once, worked out by an engine, as plain values for books.

Only ``engines``, and what measures with it, imports Ibis: books that show figures need neither.
"""
