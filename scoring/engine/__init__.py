"""The pure scoring engine: an instrument's key and a table of answers in, scores out."""

ENGINE_VERSION = "1.0.0"
