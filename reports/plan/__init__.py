"""The action plan: what the firm means to do about its result, and what it brought."""
