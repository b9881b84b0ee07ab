"""The ribbon as Excel reads it: the part ``customUI/customUI14.xml`` of the add-in."""

from __future__ import annotations

from lxml import etree

from .buttons import GROUPS, TAB, Button, Group

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
CALLBACK = "XladdinRibbonClick"
"""The one macro behind all buttons; what it is to do it reads from the button's id."""
PREFIX = "xladdin_"
"""In front of every id, so that no other add-in's buttons have the same."""


def ribbon_xml() -> bytes:
    """The tab with its groups and buttons, in UTF-8."""
    root = etree.fromstring(f'<customUI xmlns="{NAMESPACE}"/>')
    tabs = _below(_below(root, "ribbon"), "tabs")
    tab = _below(tabs, "tab", id=f"{PREFIX}tab", label=TAB)
    for group in GROUPS:
        _group(tab, group)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _group(tab: etree._Element, group: Group) -> None:
    found = _below(tab, "group", id=f"{PREFIX}group_{group.id}", label=group.label)
    for button in group.buttons:
        _below(found, "button", **_attributes(button))


def _attributes(button: Button) -> dict[str, str]:
    return {
        "id": f"{PREFIX}{button.id}",
        "label": button.label,
        "size": "large" if button.large else "normal",
        "imageMso": button.picture,
        "screentip": button.label,
        "supertip": button.tip,
        "onAction": CALLBACK,
    }


def _below(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
