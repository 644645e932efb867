"""Wireroom: a newsroom for one beat that a small team runs by itself."""

__version__ = "0.1.0"
