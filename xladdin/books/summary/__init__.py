"""A month's results: the summary workbook, and one employee's 反馈单."""
