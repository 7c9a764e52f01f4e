"""``manage.py api_token EMAIL [--create]``: print a REST token for a person."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from transcripts.models import ApiToken, User


class Command(BaseCommand):
    help = "Print a new REST token for a person; --create makes the account where it does not exist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--create", action="store_true", help="create the account first where needed")

    def handle(self, *args: Any, **options: Any) -> None:
        email = str(options["email"]).strip().lower()
        user = User.objects.filter(email__iexact=email).first()
        if user is None and not options["create"]:
            raise CommandError(f"There is no account {email}. Add --create to make one.")
        self.stdout.write(ApiToken.issue(user or self.create(email)))

    def create(self, email: str) -> User:
        """The very first account is the administrator, as on the first visit with a browser."""
        first = not User.objects.exists()
        return User.objects.create_user(email, None, is_staff=first, is_superuser=first)
