Option Explicit

Private Const HELP_SHEET As String = "xladdin.help"
Private Const FIRST_ARGUMENT As Long = 4

' What the function wizard shows. Its words stand in a sheet: text in VBA depends on the code page.
' Columns: function, category, description, one for each argument.
Private Sub Workbook_Open()
    On Error Resume Next
    Dim page As Worksheet, row As Long
    Set page = ThisWorkbook.Worksheets(HELP_SHEET)
    If page Is Nothing Then Exit Sub
    ' Excel edits no macros of a workbook that is hidden, as an add-in is.
    Application.ScreenUpdating = False
    ThisWorkbook.IsAddin = False
    For row = 1 To page.UsedRange.Rows.Count
        RegisterFunction page, row
    Next row
    ThisWorkbook.IsAddin = True
    ThisWorkbook.Saved = True
    Application.ScreenUpdating = True
End Sub

Private Sub RegisterFunction(page As Worksheet, row As Long)
    On Error Resume Next
    Dim macroName As String, shown As String, group As String
    macroName = "'" & ThisWorkbook.Name & "'!" & page.Cells(row, 1).Value
    group = page.Cells(row, 2).Value
    shown = page.Cells(row, 3).Value
    Application.MacroOptions Macro:=macroName, Description:=shown, Category:=group, _
        ArgumentDescriptions:=ArgumentTexts(page, row)
End Sub

Private Function ArgumentTexts(page As Worksheet, row As Long) As Variant
    Dim texts() As String, count As Long
    count = 0
    Do While page.Cells(row, FIRST_ARGUMENT + count).Value <> ""
        ReDim Preserve texts(0 To count)
        texts(count) = page.Cells(row, FIRST_ARGUMENT + count).Value
        count = count + 1
    Loop
    ArgumentTexts = texts
End Function
