"""Appraisal forms that companies made for themselves: their lines, heads, totals, grades, with cells."""
