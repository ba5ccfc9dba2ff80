"""An organisation's own sign-in appears once its server is named."""

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SHOW = (
    "from django.urls import reverse; from django.test import Client; from django.core.management import call_command;"
    "call_command('migrate', verbosity=0); call_command('collectstatic', interactive=False, verbosity=0);"
    "page = Client(headers={'host': 'localhost'}).get('/accounts/login/').text;"
    "print(reverse('openid_connect_login', args=['organisation']) in page, 'Works ID' in page)"
)


def test_the_sign_in_page_offers_the_organisations_own_sign_in(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "QMS_HOME": str(tmp_path),
        "OIDC_SERVER_URL": "https://id.example.com",
        "OIDC_NAME": "Works ID",
        "OIDC_CLIENT_ID": "qms",
    }
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SHOW]
    told = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=120)
    assert told.stdout.strip() == "True True", told.stderr
