"""Exports for analysts: a release's protected figures, and the answers of firms that agreed."""
