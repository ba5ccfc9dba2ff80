"""``manage.py audit verify``: looks for changed, removed and inserted entries in the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from firms.audit import BrokenChain, audit_chains, audit_verify


class Command(BaseCommand):
    help = "Checks that no entry of the audit trail was changed, removed or inserted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        chains = sorted(audit_chains())
        broken = [found for chain in chains if (found := audit_verify(chain))]
        if broken:
            raise CommandError("\n".join(_told(found) for found in broken))
        self.stdout.write(f"{len(chains)} chains are whole.")


def _told(found: BrokenChain) -> str:
    place = "entries are missing at its end" if found.number is None else f"broken at entry {found.number}"
    return f"chain {found.chain}: {place}"
