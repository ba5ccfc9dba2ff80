"""The blue book of a release: ordered by one button, built by a worker, kept as a file."""
