Option Explicit

Public Bridge As Object

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
