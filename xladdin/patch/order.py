"""The orders that the schema prescribes; Excel offers a repair over children out of order."""

from __future__ import annotations

_WORKBOOK = """
fileVersion fileSharing workbookPr AlternateContent absPath revisionPtr workbookProtection
bookViews sheets functionGroups externalReferences definedNames calcPr oleSize customWorkbookViews
pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst
"""
_SHEET = """
sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup
headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls AlternateContent
webPublishItems tableParts extLst
"""
_STYLES = """
numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst
"""

WORKBOOK, SHEET, STYLES = _WORKBOOK.split(), _SHEET.split(), _STYLES.split()
