Option Explicit

' The words stand in a sheet: text in VBA depends on the code page, and so does its MsgBox.
' Rows: title, message without Python, message when Python was lost, what is shown meanwhile.
Private Const TEXT_SHEET As String = "xladdin.text"
Private Const COMMANDS As String = "xladdin.ribbon"
Private Const PREFIX_LENGTH As Long = 8
Private Const STOP_IN_FRONT As Long = 69648

' Behind every button of the ribbon: Python does what the button's id names, and tells the user.
Public Sub XladdinRibbonClick(control As IRibbonControl)
    XladdinRun Mid(control.ID, PREFIX_LENGTH + 1)
End Sub

Public Sub XladdinRun(command As String)
    Dim message As Long
    message = 2
    On Error GoTo Failed
    Prepare
    XLPy.SetAttr XLPy.Module(COMMANDS), "APPLICATION", Application
    message = 3
    XLPy.Exec "import xladdin.ribbon; xladdin.ribbon.clicked('" & command & "')"
    Restore
    Exit Sub
Failed:
    Tell message, Err.Description
    Restore
End Sub

Private Sub Prepare()
    On Error Resume Next
    ' Python looks at the Esc key itself; Excel would ask for the debugger.
    Application.EnableCancelKey = xlDisabled
    ' Else Excel says every minute that it waits for another program.
    Application.DisplayAlerts = False
    Application.Cursor = xlWait
    Application.StatusBar = Words(4)
End Sub

Private Sub Restore()
    On Error Resume Next
    Application.StatusBar = False
    Application.Cursor = xlDefault
    Application.ScreenUpdating = True
    Application.EnableEvents = True
    Application.DisplayAlerts = True
End Sub

Private Sub Tell(message As Long, details As String)
    On Error Resume Next
    Application.Cursor = xlDefault
    CreateObject("WScript.Shell").Popup Words(message) & vbLf & vbLf & details, 0, Words(1), _
        STOP_IN_FRONT
End Sub

Private Function Words(row As Long) As String
    Words = ThisWorkbook.Worksheets(TEXT_SHEET).Cells(row, 1).Value
End Function
