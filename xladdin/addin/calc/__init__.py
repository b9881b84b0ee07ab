"""The worksheet functions for LibreOffice Calc: an extension, and the component inside LibreOffice."""
