Option Explicit

Private Sub Workbook_Open()
    On Error Resume Next
    XladdinRegisterHelp
End Sub
