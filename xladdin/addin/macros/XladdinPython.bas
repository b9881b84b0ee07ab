' xladdin: all that the add-in has of Python stands in this class, and nobody can call it by a name:
' not a formula in a cell, not a macro of another workbook, not a button or a link in one.
' There is only an object of it, which the modules of this project make for themselves.

' The words stand in a sheet: text in VBA depends on the code page, and so does its MsgBox.
' Rows: title, message without Python, message when Python was lost, what is shown meanwhile.
Private Const TEXT_SHEET As String = "xladdin.text"
Private Const COMMANDS As String = "xladdin.ribbon"
Private Const FUNCTIONS As String = "xladdin_udfs"
Private Const STOP_IN_FRONT As Long = 69648
Private Const PERMISSION_DENIED As Long = 70
Private Ready As Boolean

Private Sub Class_Initialize()
    ' Some programs that run VBA answer a cell with a function of a class. There is no object then.
    Ready = True
End Sub

' A worksheet function. The workbook in front stays out of it: xlwings would run code of its sheets.
Public Function CallUDF(script, fname, args, Optional this_workbook, Optional caller)
    CallUDF = XLPy.CallUDF(FUNCTIONS, fname, args, Nothing, caller)
End Function

' A button of the ribbon: Python does what it names, and tells the user.
Public Sub Click(command)
    Dim message As Long
    message = 2
    On Error GoTo Failed
    If command = "" Or command Like "*[!a-z_]*" Then Err.Raise PERMISSION_DENIED
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
    ' A click into a cell meanwhile would make Excel refuse what Python asks. Dialogs still answer.
    Application.Interactive = False
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
    Application.Interactive = True
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
