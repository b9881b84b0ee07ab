"""Forms of a department as one PDF, in the order of the roster, to be printed in one go."""
