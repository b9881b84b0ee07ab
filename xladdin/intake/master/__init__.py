"""The master workbook: one Excel file that holds everything a company keeps."""
