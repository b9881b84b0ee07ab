Option Explicit

' Needs no Python: shows that the add-in is loaded and that all of its modules compile.
Public Function XLADDIN_PROBE(x As Double, Optional factor As Double = 2) As Double
    XLADDIN_PROBE = x * factor
End Function
