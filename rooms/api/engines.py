"""Which engines serve an organization's events."""

from typing import cast

from django.http import HttpRequest
from ninja import Router

from rooms.api.auth import SignedIn, user_of
from rooms.api.engine_schemas import (
    ChosenOut,
    EnginesOut,
    KnownEnginesOut,
    LanguageEnginesOut,
    SlotName,
    WishesIn,
    WishOut,
)
from rooms.api.organize import REFUSALS
from rooms.api.shapes import language_out
from rooms.domain import find
from rooms.domain.engines import LanguageEngines, known_engines, put_wishes, resulting
from rooms.domain.wishes import own_choice
from rooms.models import WISHED, Event, Organization
from translation.choice import Slot, Wish

router = Router(tags=["engines"], auth=SignedIn())

ORGANIZATION = "/organize/organizations/{organization}/engines"
EVENT = "/organize/events/{event}/engines"


@router.get(ORGANIZATION, response={200: EnginesOut, **REFUSALS})
def organization_engines(request: HttpRequest, organization: str) -> EnginesOut:
    return _engines_out(find.organization_of(user=user_of(request), slug=organization))


@router.put(ORGANIZATION, response={200: EnginesOut, **REFUSALS})
def wish_for_organization(request: HttpRequest, organization: str, body: WishesIn) -> EnginesOut:
    """For all of its events; running sessions change over."""
    found = find.organization_of(user=user_of(request), slug=organization)
    put_wishes(scope=found, wishes=_wishes(body))
    return _engines_out(found)


@router.get(EVENT, response={200: EnginesOut, **REFUSALS})
def event_engines(request: HttpRequest, event: str) -> EnginesOut:
    return _engines_out(find.event_of(user=user_of(request), slug=event))


@router.put(EVENT, response={200: EnginesOut, **REFUSALS})
def wish_for_event(request: HttpRequest, event: str, body: WishesIn) -> EnginesOut:
    """They come before the organization's; running sessions change over."""
    found = find.event_of(user=user_of(request), slug=event)
    put_wishes(scope=found, wishes=_wishes(body))
    return _engines_out(found)


def _wishes(body: WishesIn) -> list[Wish]:
    return [
        Wish(Slot(wish.slot), wish.language, tuple(dict.fromkeys(wish.chain)))
        for wish in body.wishes
    ]


def _engines_out(scope: Organization | Event) -> EnginesOut:
    events = [scope] if isinstance(scope, Event) else scope.events.select_related("organization")
    return EnginesOut(
        wishes=[
            WishOut(
                slot=cast(SlotName, wish.slot.value),
                language=wish.language,
                chain=list(wish.chain),
            )
            for wish in own_choice(scope).wishes
        ],
        known=KnownEnginesOut(**{slot.value: known_engines(slot) for slot in WISHED}),
        languages=[_language_out(one) for event in events for one in resulting(event=event)],
    )


def _language_out(one: LanguageEngines) -> LanguageEnginesOut:
    chosen = {
        slot.value: ChosenOut(chain=list(each.chain), origin=each.origin) if each else None
        for slot, each in one.slots.items()
    }
    return LanguageEnginesOut(event=one.event, language=language_out(one.language), **chosen)
