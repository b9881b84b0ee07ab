"""方案试算: earlier months under a changed scheme, as a workbook."""
