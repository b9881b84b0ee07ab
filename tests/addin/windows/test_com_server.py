"""What can be seen of the server elsewhere: it asks for the class that the add-in's VBA asks for."""

from __future__ import annotations

from tests.addin.server_command import shipped
from xladdin.addin.windows import com_server


def test_the_add_in_asks_for_its_class_where_the_settings_say_so() -> None:
    text = shipped()
    asked = text.index('GetConfig("DEBUG UDFS", False)')
    assert f'XLPyCommand = "{com_server.CLASS}"' in text[asked:]
    assert "If DEBUG_UDFS = True Then" in text[asked:]


def test_it_is_started_as_the_module_that_it_is() -> None:
    assert com_server.__name__ == com_server.MODULE
    assert com_server.WORDS[-1] == com_server.MODULE
