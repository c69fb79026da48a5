"""An event's glossary: files in and out, and how a running session learns of it."""

import json
from itertools import chain
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rooms.domain.booths import invite_interpreter
from rooms.domain.glossary import clear_glossary, put_concepts
from rooms.domain.plans import agenda_of
from rooms.domain.speakers import invite_speaker
from rooms.models import Session
from rooms.parts import parts
from tests.rooms.conftest import refusal
from translation.termbase import Concept, Term
from translation.termbase_csv import read_csv
from translation.termbase_tbx import read_tbx, write_tbx

HOLDING = Concept("holding", [Term("en", "holding company"), Term("es", "grupo", "finance")])
ACME = Concept("acme", [Term("en", "Acme", do_not_translate=True)])
URL = "/api/events/conference/glossary"


def uploaded(client: Client, name: str, data: bytes) -> object:
    return client.post(f"{URL}/upload", {"file": SimpleUploadedFile(name, data)})


@pytest.mark.django_db(transaction=True)
def test_a_tbx_file_goes_in_and_comes_out_again(session: Session, signed_in: Client) -> None:
    answer = uploaded(signed_in, "terms.tbx", write_tbx([ACME, HOLDING], title="Terms"))
    assert answer.json() == {"terms": 3}  # type: ignore[attr-defined]

    downloaded = signed_in.get(f"{URL}.tbx")
    assert downloaded["Content-Disposition"] == 'attachment; filename="conference.tbx"'
    assert read_tbx(downloaded.content) == [ACME, HOLDING]
    assert read_csv(signed_in.get(f"{URL}.csv").content) == [ACME, HOLDING]


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_wrong_is_refused_with_the_place(
    session: Session, signed_in: Client
) -> None:
    answer = uploaded(signed_in, "terms.csv", b"language,term\nen,a\ntlh,b\n")
    assert refusal(answer) == (422, "bad_file")
    assert "Line 3" in json.loads(answer.content)["message"]  # type: ignore[attr-defined]
    assert refusal(uploaded(signed_in, "terms.tbx", b"<html/>")) == (422, "bad_file")


@pytest.mark.parametrize("concept", ["acme", "acme/labs", "50% off?"])
@pytest.mark.django_db(transaction=True)
def test_a_concept_goes_whatever_its_id_holds(
    session: Session, signed_in: Client, concept: str
) -> None:
    put_concepts(event=session.room.event, concepts=[HOLDING, Concept(concept, ACME.terms)])

    assert signed_in.delete(f"{URL}/{quote(concept, safe='')}").status_code == 204

    assert read_csv(signed_in.get(f"{URL}.csv").content) == [HOLDING]


@pytest.mark.django_db(transaction=True)
def test_a_stranger_gets_no_glossary(session: Session, stranger: Client) -> None:
    assert stranger.get(f"{URL}.tbx").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_running_session_is_told_of_new_terms(live: Session) -> None:
    log = parts().log(live.id)
    before = log.plan()
    assert before is not None
    assert before.glossary == ""

    put_concepts(event=live.room.event, concepts=[HOLDING])
    named = log.plan()
    clear_glossary(event=live.room.event)
    after = log.plan()

    assert named is not None
    assert named.glossary == log.keep_terms([HOLDING])
    assert after is not None
    assert after.glossary == ""


@pytest.mark.django_db
def test_the_plan_names_titles_and_speakers_to_listen_for(session: Session) -> None:
    for label in ("Ada Lovelace", "", "Ada Lovelace", "x" * 100, *"abcdef"):
        invite_speaker(session=session, label=label)

    assert agenda_of(session) == ("Keynote", "Conference", "Ada Lovelace", "x" * 80, *"abcd")


def in_booth(client: Client, session: Session) -> None:
    invited = invite_interpreter(session=session, language="es", name="Ann")
    client.post(f"/booth/join/{invited.token}")


@pytest.mark.django_db(transaction=True)
def test_a_booth_reads_the_whole_glossary_between_two_languages_page_by_page(
    client: Client, session: Session
) -> None:
    """20,000 terms are allowed; none may be missing from the text she reads."""
    concepts = [
        Concept(f"c{number:05}", [Term("en", f"term {number}"), Term("es", f"término {number}")])
        for number in range(2_300)
    ]
    put_concepts(event=session.room.event, concepts=concepts)
    in_booth(client, session)
    pages, after = [], ""
    while True:
        query = f"source=en&target=es&after={after}"
        page = client.get(f"/api/booth/{session.id}/glossary?{query}").json()
        pages.append([concept["concept"] for concept in page["items"]])
        if not page["more"]:
            break
        after = pages[-1][-1]
    assert [len(page) for page in pages] == [1000, 1000, 300]
    assert list(chain.from_iterable(pages)) == [concept.id for concept in concepts]


@pytest.mark.django_db(transaction=True)
def test_a_booth_reads_its_two_languages_only_whatever_their_region(
    client: Client, session: Session
) -> None:
    words = {"pt-BR": "ônibus", "pt": "autocarro", "es": "autobús", "fr": "autobus"}
    bus = Concept("bus", [Term(tag, word) for tag, word in words.items()])
    put_concepts(
        event=session.room.event, concepts=[bus, ACME, Concept("fr only", [Term("fr", "chose")])]
    )
    in_booth(client, session)

    def read(source: str, target: str) -> dict[str, list[str]]:
        query = f"source={source}&target={target}"
        items = client.get(f"/api/booth/{session.id}/glossary?{query}").json()["items"]
        return {c["concept"]: sorted(term["term"] for term in c["terms"]) for c in items}

    assert read("en", "es") == {"acme": ["Acme"]}
    assert read("pt-PT", "es") == {"bus": ["autobús", "autocarro", "ônibus"]}
    assert read("es-MX", "fr") == {"bus": ["autobus", "autobús"]}
    assert read("de", "es") == {}
    answer = client.get(f"/api/booth/{session.id}/glossary?source=en")
    assert refusal(answer) == (422, "invalid")
