"""The real things that tests run against: PostgreSQL, Redis, Chromium, and the whole site in its own processes."""
