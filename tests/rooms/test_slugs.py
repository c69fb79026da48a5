"""Addresses, where several people take one at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection

from rooms.domain.events import create_event, create_room
from rooms.domain.organizations import create_organization
from rooms.domain.slugs import create_with_slug
from rooms.models import Event, Organization, Session

AT_ONCE = 8

Create = Callable[[User, Event], str]


def an_organization(user: User, event: Event) -> str:
    return create_organization(user=user, name="Hall B").organization.slug


def an_event(user: User, event: Event) -> str:
    return create_event(organization=event.organization, title="Hall B").slug


def a_room(user: User, event: Event) -> str:
    return create_room(event=event, name="Hall B").slug


@pytest.mark.parametrize("create", [an_organization, an_event, a_room])
def test_things_of_one_name_made_at_once_get_addresses_of_their_own(
    owner: User, session: Session, create: Create
) -> None:
    event, ready = session.room.event, Barrier(AT_ONCE)

    def make(_: int) -> str:
        try:
            connection.ensure_connection()
            ready.wait(30)
            return create(owner, event)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        slugs = set(pool.map(make, range(AT_ONCE)))
    assert len(slugs) == AT_ONCE
    assert "hall-b" in slugs


def test_what_cannot_be_made_at_all_says_why(organization: Organization) -> None:
    """Only an address that is taken is tried again."""
    with pytest.raises(IntegrityError, match="organization"):
        create_with_slug(Event.objects, named="Talks", otherwise="event", organization=None)
