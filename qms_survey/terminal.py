"""In which language a command speaks to the person at the terminal."""

import os

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def terminal_language() -> str:
    """A language code of ``LANGUAGES``: that of the terminal's locale, English where it names neither."""
    locale = next((os.environ[name] for name in VARIABLES if os.environ.get(name)), "")
    return "zh-hans" if locale.lower().startswith("zh") else "en"
