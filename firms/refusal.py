"""What a service says when a rule of the house forbids a change; the page shows it as it is."""


class RefusalError(Exception):
    """The message is for people: what is refused, why, and what to do instead. Nothing was written."""
