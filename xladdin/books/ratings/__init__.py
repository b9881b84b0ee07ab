"""The competency appraisal: what raters fill in, what HR gets, what the employee is told."""
