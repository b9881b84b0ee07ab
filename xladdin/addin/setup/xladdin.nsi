; The setup: per user, without an administrator, without a network.  UTF-8; what is seen is Chinese.
; make_setup.py defines VERSION, OUT and SIZE, and writes files.nsh and entries.nsh beside this.
;
;   /S             silent;  exit codes: 0 done, 1 given up by the user, 2 refused and nothing changed,
;                  3 installed, but the add-in has something to look at: see the record
;   /SHARED        onto a share: no menus, no entry among the programs, nothing for this user
;   /D=FOLDER      into another folder; the last word, without quotes
;
; All that is replaced is in one folder, app: the new one is unpacked beside it, then both change
; places by renaming, which Windows refuses as long as a file in it is used.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave off
AllowSkipFiles off
CRCCheck force
RequestExecutionLevel user
ManifestDPIAware true
Name "绩效助手"
BrandingText "绩效助手 ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\xladdin"


!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\xladdin"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
!define ADD_IN "$APPDATA\Microsoft\Excel\XLSTART\xladdin.xlam"
!define RECORD "$INSTDIR\安装记录.txt"
!define FRONT '"$INSTDIR\app\python\pythonw.exe" -B -X utf8 -m xladdin.explorer.front'

!define IN_USE "加载项正在使用，没有改动任何东西。$\r$\n请先关闭所有 Excel 窗口和“绩效助手”的窗口，再运行一次。"
!define NOT_OURS "文件夹 $INSTDIR 里的 app 不是绩效助手的，没有改动任何东西。$\r$\n请换一个文件夹。"
!define NO_ROOM "文件没有写完整，已经恢复原样：磁盘可能满了，或者不允许写入 $INSTDIR。"
!define LOOK "装好了，但还有要处理的事，请看“安装记录”：$\r$\n${RECORD}"
!define KEPT "加载项没有卸载成功，没有删除任何东西，请看：$\r$\n${RECORD}"

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh

!define MUI_WELCOMEPAGE_TITLE "安装绩效助手 ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "绩效助手装在您自己的用户文件夹里，不需要管理员，不连网络。$\r$\n$\r$\n装好以后：Excel 里有“绩效助手”选项卡和函数；在总表上点右键，“发送到”里可以检查总表、生成本月考核表、收回考核表（用 WPS 也可以）。$\r$\n$\r$\n请先关闭所有 Excel 窗口。"
!define MUI_FINISHPAGE_TEXT "绩效助手已经装好。打开 Excel，看“绩效助手”选项卡；没有的话，请用开始菜单里的“绩效助手 → 检查”。"
!define MUI_FINISHPAGE_SHOWREADME "${RECORD}"
!define MUI_FINISHPAGE_SHOWREADME_TEXT "看安装记录"
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductName" "绩效助手"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileDescription" "绩效助手 安装程序"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "LegalCopyright" "MIT"

Var Shared
Var Code

; Say why, with the exit code, and end; nobody sits before a silent setup.
!macro Refuse message
  DetailPrint "${message}"
  MessageBox MB_OK|MB_ICONEXCLAMATION "${message}" /SD IDOK
  SetErrorLevel 2
  Quit
!macroend

; Whether Excel has the add-in open: then it may not be written.
!macro RefuseIfInUse
  ${If} ${FileExists} "${ADD_IN}"
    ClearErrors
    FileOpen $0 "${ADD_IN}" a
    ${If} ${Errors}
      !insertmacro Refuse "${IN_USE}"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

; Only one at a time.
!macro OnlyOne
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Local\xladdin-setup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183
    !insertmacro Refuse "安装程序或卸载程序已经在运行。"
  ${EndIf}
!macroend

Function .onInit
  SetShellVarContext current
  !insertmacro OnlyOne
  StrCpy $Shared 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/SHARED" $1
  ${IfNot} ${Errors}
    StrCpy $Shared 1
  ${EndIf}
FunctionEnd

Section "安装"
  ${If} $Shared = 0
    !insertmacro RefuseIfInUse
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\app\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\app\files.json"
    !insertmacro Refuse "${NOT_OURS}"
  ${EndIf}
  ; What an interrupted setup left.
  ${If} ${FileExists} "$INSTDIR\app.old\files.json"
  ${AndIfNot} ${FileExists} "$INSTDIR\app\*.*"
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
  ${EndIf}
  RMDir /r "$INSTDIR\app.new"
  RMDir /r "$INSTDIR\app.old"

  ClearErrors
  !include files.nsh
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    RMDir /r "$INSTDIR\app.new"
    RMDir "$INSTDIR"
    !insertmacro Refuse "${NO_ROOM}"
  ${EndIf}

  ${If} ${FileExists} "$INSTDIR\app\*.*"
    ClearErrors
    Rename "$INSTDIR\app" "$INSTDIR\app.old"
    ${If} ${Errors}
      RMDir /r "$INSTDIR\app.new"
      !insertmacro Refuse "${IN_USE}"
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\app.new" "$INSTDIR\app"
  ${If} ${Errors}
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
    !insertmacro Refuse "${NO_ROOM}"
  ${EndIf}

  ${If} $Shared = 1
    FileOpen $0 "$INSTDIR\shared.txt" w
    FileClose $0
    ExecWait '${FRONT} share --quiet --record "${RECORD}" "$INSTDIR"' $Code
  ${Else}
    WriteUninstaller "$INSTDIR\uninstall.exe"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "绩效助手"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\uninstall.exe"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE}
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
    ExecWait '${FRONT} repair --quiet --record "${RECORD}"' $Code
  ${EndIf}
  RMDir /r "$INSTDIR\app.old"
  ${If} $Code <> 0
    DetailPrint "${LOOK}"
    MessageBox MB_OK|MB_ICONINFORMATION "${LOOK}" /SD IDOK
    SetErrorLevel 3
  ${EndIf}
SectionEnd

Function un.onInit
  SetShellVarContext current
  !insertmacro OnlyOne
FunctionEnd

Section "Uninstall"
  !insertmacro RefuseIfInUse
  StrCpy $Code 0
  ${If} ${FileExists} "$INSTDIR\app\python\pythonw.exe"
    ExecWait '${FRONT} remove --quiet --record "${RECORD}"' $Code
  ${EndIf}
  ; 1 is a problem that the record names.  Whatever else happens is a damaged Python: without it, too,
  ; everything goes; of the settings file a line is left, which nobody reads any more.
  ${If} $Code = 1
    !insertmacro Refuse "${KEPT}"
  ${EndIf}
  Delete "${ADD_IN}"
  !include entries.nsh
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\app.new"
  Delete "${RECORD}"
  ; Log and help are ours; what else may lie there is not.
  Delete "$PROFILE\.xladdin\xladdin.log"
  Delete "$PROFILE\.xladdin\xladdin.old.log"
  Delete "$PROFILE\.xladdin\绩效助手使用说明.xlsx"
  RMDir "$PROFILE\.xladdin"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
