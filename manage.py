#!/usr/bin/env python
"""The command line of QMS Survey. Exit status: 0 done, 1 the input was refused, 2 wrong usage or wrong settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qms_survey.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        refuse("Django is not installed here. Run 'make setup', then '.venv/bin/python manage.py ...'.")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        refuse(f"Settings: {error}\ndocs/settings.md describes every environment variable.")


def refuse(reason: str) -> None:
    sys.stderr.write(f"{reason}\n")
    sys.exit(2)


if __name__ == "__main__":
    main()
