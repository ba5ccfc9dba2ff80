"""Measured values of a firm: the free check of a file, and evidence behind answers."""
