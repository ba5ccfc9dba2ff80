"""The cast of these tests beyond the one that every test knows."""

from tests.cast import signed_in_lately

__all__ = ["signed_in_lately"]
