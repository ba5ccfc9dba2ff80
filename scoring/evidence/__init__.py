"""Measured data behind answers: reading, computing, keeping and judging them. docs/evidence.md tells the rules."""
