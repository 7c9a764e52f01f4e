"""The administrator of a new server."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from tests.conftest import PASSWORD
from transcripts.actions.first_account import FirstAccountExistsError, create_first_account
from transcripts.models import User


@pytest.mark.django_db
def test_it_works() -> None:
    user = create_first_account("olga@example.org", PASSWORD, "Olga")
    assert user.is_superuser
    assert user.check_password(PASSWORD)


def test_there_is_only_one_first(stranger: User) -> None:
    with pytest.raises(FirstAccountExistsError):
        create_first_account("olga@example.org", PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_succeeds() -> None:
    outcomes: list[str] = []
    gate = threading.Barrier(4)

    def try_it(number: int) -> None:
        gate.wait()
        try:
            create_first_account(f"person{number}@example.org", PASSWORD)
            outcomes.append("made")
        except FirstAccountExistsError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "refused", "refused", "refused"]
    assert User.objects.count() == 1
