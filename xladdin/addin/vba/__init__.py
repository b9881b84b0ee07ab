"""VBA projects as Excel stores them, written from source text alone.

Compiled code is left out: Office compiles the source when it first loads the project.
"""

from .modules import Kind, Module, document, standard
from .project import project_bytes

__all__ = ["Kind", "Module", "document", "project_bytes", "standard"]
