"""VBA projects as Excel stores them, written from source text alone.

Compiled code is left out: Office compiles the source when it first loads the project.
"""

from .modules import Kind, Module, class_module, document, standard
from .project import project_bytes

__all__ = ["Kind", "Module", "class_module", "document", "project_bytes", "standard"]
