Option Explicit

Private Const TEXT_SHEET As String = "xladdin.text"
Private Const COMMANDS As String = "xladdin.ribbon"
Private Const ICON_STOP As Long = 16
Private Const PREFIX_LENGTH As Long = 8

' Behind every button of the ribbon: Python does what the button's id names, and tells the user.
Public Sub XladdinRibbonClick(control As IRibbonControl)
    XladdinRun Mid(control.ID, PREFIX_LENGTH + 1)
End Sub

Public Sub XladdinRun(command As String)
    On Error GoTo NotStarted
    ' Python looks at the Esc key itself; Excel would ask for the debugger.
    Application.EnableCancelKey = xlDisabled
    XLPy.SetAttr XLPy.Module(COMMANDS), "APPLICATION", Application
    XLPy.Exec "import xladdin.ribbon; xladdin.ribbon.clicked('" & command & "')"
    Exit Sub
NotStarted:
    XladdinTell Err.Description
End Sub

' The words stand in a sheet: text in VBA depends on the code page, and so does its MsgBox.
Private Sub XladdinTell(details As String)
    Dim page As Worksheet
    Set page = ThisWorkbook.Worksheets(TEXT_SHEET)
    CreateObject("WScript.Shell").Popup page.Cells(2, 1).Value & vbLf & vbLf & details, 0, _
        page.Cells(1, 1).Value, ICON_STOP
End Sub
