"""申诉清单: open appeals, to be answered."""
