"""The workbench: proves a generated workbook without Excel.

Five layers, each in its own module:

* `validator` - the Open XML SDK says whether the file follows the schema;
* `repair` - the rules that make Excel offer a repair and that no schema holds;
* `cached` - LibreOffice recalculates every formula and must find our stored values;
* `office` - the LibreOffice process behind that, also used to try out validations;
* `render` - pages as pictures, for a human eye.

A tool that is not installed is a failure (`tools.ToolMissing`), never a skipped test.
"""
