Option Explicit

' Stands where the object of xlwings' DLL stands: everything goes to an object of the test. A class:
' LibreOffice would answer a formula with functions of a module, and with these when there is no object.

' What Excel hands over for an argument that is left out.
Private Const MISSING As Long = -2147352572

Private Ready As Boolean

Private Sub Class_Initialize()
    Ready = True
End Sub

Public Function CallUDF(script, fname, args, Optional this_workbook, Optional caller)
    Dim sent(), i As Long
    ReDim sent(UBound(args))
    For i = 0 To UBound(args)
        If IsMissing(args(i)) Then
            sent(i) = MISSING
        ElseIf IsObject(args(i)) Then
            sent(i) = args(i).Value
        Else
            sent(i) = args(i)
        End If
    Next i
    CallUDF = AsCells(Passed(Array("CallUDF", script, fname, sent)))
End Function

Public Function Module(name)
    Module = Passed(Array("Module", name))
End Function

Public Sub SetAttr(obj, attr, value)
    ' Objects of Excel cannot cross to Python here: what they are must do.
    If IsObject(value) Then
        Passed Array("SetAttr", obj, attr, TypeName(value))
    Else
        Passed Array("SetAttr", obj, attr, value)
    End If
End Sub

Public Sub Exec(stmt)
    Passed Array("Exec", stmt)
End Sub

Private Function Passed(message)
    Dim indexes(), changed()
    If Not Ready Then Err.Raise 70
    Passed = Bridge.invoke(message, indexes, changed)
End Function

' Rows arrive as arrays in an array; COM would bring them as one array with two dimensions.
Private Function AsCells(answer)
    Dim cells(), row As Long, column As Long
    AsCells = answer
    If Not IsArray(answer) Then Exit Function
    If Not IsArray(answer(0)) Then Exit Function
    ReDim cells(UBound(answer), UBound(answer(0)))
    For row = 0 To UBound(answer)
        For column = 0 To UBound(answer(0))
            cells(row, column) = answer(row)(column)
        Next column
    Next row
    AsCells = cells
End Function
