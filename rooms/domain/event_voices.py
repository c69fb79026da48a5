"""Voices that an event chose for its speech engines; they come before the install's."""

import re
from collections.abc import Sequence

from django.db import transaction

from rooms.domain.engines import check_known
from rooms.domain.errors import Invalid
from rooms.domain.plans import publish_plans_on_commit
from rooms.domain.sessions import check_language
from rooms.models import Event, EventVoice
from translation.choice import Slot
from translation.voices import ANY_LANGUAGE, VoiceChoice

MOST_VOICES = 200
_NAME = re.compile(r"[A-Za-z0-9][\w.+#-]{0,99}", re.ASCII)
"""Of a voice, whatever the engine: it becomes part of an address or of a program's arguments."""


def put_voices(*, event: Event, voices: Sequence[VoiceChoice]) -> None:
    """In place of what was chosen before; running sessions go on with these voices."""
    if len(voices) > MOST_VOICES:
        raise Invalid(f"There are {MOST_VOICES} voices at most.")
    seen = set()
    for one in voices:
        check_known(Slot.SPEECH, one.engine)
        if one.language != ANY_LANGUAGE:
            check_language(one.language)
        if not _NAME.fullmatch(one.voice):
            raise Invalid(
                f"“{one.voice[:40]}” is no name of a voice: letters, digits and . _ + # - alone,"
                " a letter or digit first.",
                code="bad_voice",
                voice=one.voice[:40],
            )
        place = (one.engine, one.language, one.gender)
        if place in seen:
            raise Invalid(f"There are two voices of “{one.engine}” for the same; leave one out.")
        seen.add(place)
    with transaction.atomic():
        Event.objects.select_for_update().get(id=event.id)
        EventVoice.objects.filter(event=event).delete()
        EventVoice.objects.bulk_create(
            EventVoice(
                event=event,
                engine=one.engine,
                language="" if one.language == ANY_LANGUAGE else one.language,
                gender=one.gender.value,
                voice=one.voice,
            )
            for one in voices
        )
        publish_plans_on_commit(event)
