"""Measured data behind the answers of a firm: adding, looking at and telling what they say."""
