"""Statistical process control: capability, control charts, run rules, gauge studies. Numbers in, numbers out.

docs/capability.md gives every formula with its source and the published example that it must equal.
"""
