"""月度绩效考核表, sheet by sheet, and the head that employees' forms share."""
