"""What measured data say about a declared answer: facts and an answer in, a verdict with its reason out (pure)."""
