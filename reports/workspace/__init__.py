"""The consultant's workspace: the firms that let somebody in, side by side."""
