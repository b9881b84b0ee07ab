@echo off
rem The command xladdin of the setup's Python; lies in app\command, beside app\python.  ASCII alone:
rem cmd reads this by the code page of the console.  Without -X utf8: what goes into a pipe or a file
rem then is of Windows' own code page, which more, findstr and type beside it read; JSON is UTF-8 anyway.
setlocal
call :here
"%here%..\python\python.exe" -B -m xladdin.cli %*
exit /b %errorlevel%
rem Only within a call %~dp0 is this folder even where somebody typed "xladdin" with its quotes.
:here
set "here=%~dp0"
exit /b
