"""YAML templates read into the domain, with every fault named by line and field."""
