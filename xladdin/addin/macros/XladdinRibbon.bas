Option Explicit

Private Const PREFIX_LENGTH As Long = 8
Private Python As New XladdinPython

' Behind every button of the ribbon: Python does what the button's id names, and tells the user.
Public Sub XladdinRibbonClick(control As IRibbonControl)
    If TypeName(Application.Caller) = "Range" Then Exit Sub
    Python.Click Mid(control.ID, PREFIX_LENGTH + 1)
End Sub
