Option Explicit

' Stands where xlwings' glue stands: everything goes to an object of the test, none of it to a DLL.
' The glue's XLPy is a function that returns an object; a module of that name is called the same way.

' What Excel hands over for an argument that is left out.
Private Const MISSING As Long = -2147352572

Private Bridge As Object

Public Sub Connect(target As Object)
    Set Bridge = target
End Sub

' A button as a ribbon hands it to its callback: something with an ID.
Public Function Button(id As String) As Object
    Dim made As Object
    Set made = CreateUnoService("com.sun.star.beans.PropertyBag")
    made.addProperty "ID", 0, id
    Set Button = made
End Function

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
