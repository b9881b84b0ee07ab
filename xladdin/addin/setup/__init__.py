"""The setup file for clerks' machines: made of locked parts, each looked at; not shipped itself."""
