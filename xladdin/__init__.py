"""xladdin: appraisal workbooks for Excel, where one rule gives one number."""

__version__ = "0.1.0"
