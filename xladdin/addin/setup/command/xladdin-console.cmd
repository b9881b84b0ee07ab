@echo off
rem The Start menu's console, in which xladdin is a command; nothing outside it is changed.
rem A console whose code page lacks Chinese becomes one of UTF-8.  936 stays: there every program agrees.
title xladdin
set "PATH=%~dp0;%PATH%"
chcp | "%SystemRoot%\System32\find.exe" "936" >nul || chcp 65001 >nul
cd /d "%USERPROFILE%"
call xladdin
rem On one line, since an update may replace this file meanwhile.
"%ComSpec%" /K & exit
