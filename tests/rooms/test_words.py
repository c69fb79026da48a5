"""The server's own pages in the languages of those who read them."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from rooms.domain.booths import invite_interpreter
from rooms.models import Session
from tests.servers import ROOT

OTHERS = [tag for tag, _ in settings.LANGUAGES if tag != "en"]
TEMPLATES = ROOT / "rooms/templates"


def phrases() -> Iterator[str]:
    for template in (*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")):
        text = template.read_text("utf-8")
        yield from re.findall(r'{% translate "(.*?)" %}', text)
        for block in re.findall(r"{% blocktranslate trimmed %}(.*?){% endblock", text, re.DOTALL):
            yield re.sub(r"{{ (\w+) }}", r"%(\1)s", block.strip())


REFUSED = re.compile(
    r"(?:InvitationRefused|NotYours|Unknown)\(\s*"
    r'"(invitation_\w+|not_in_booth|removed|unknown_session)",\s*"(.*?)"\s*\)'
)
"""What links to a booth or an organization, and booths' pages, may be refused with."""


def refusals() -> set[str]:
    sources = (path.read_text("utf-8") for path in (ROOT / "rooms/domain").glob("*s.py"))
    return {sentence for source in sources for _, sentence in REFUSED.findall(source)}


@pytest.mark.parametrize("language", OTHERS)
def test_pages_refuse_in_the_readers_language(language: str) -> None:
    with translation.override(language):
        english = {sentence for sentence in refusals() if translation.gettext(sentence) == sentence}
    assert not english, "write them into rooms/locale, then `make messages`"
    assert len(refusals()) == 6


def test_pages_say_every_code_in_their_readers_language() -> None:
    """Those of the tree of errors, of the calls that Django answers, and of the consoles."""
    code = r'(?:Unknown|NotYours|NotNow|InvitationRefused|protocol\.error)\(\s*"(\w+)"|code="(\w+)"'
    sources = [path.read_text("utf-8") for path in (ROOT / "rooms").rglob("*.py")]
    codes = {one or other for source in sources for one, other in re.findall(code, source)}
    page = (ROOT / "frontend/src/common/useProblemText.ts").read_text("utf-8")
    known = set(re.findall(r"^  (\w+): ", page, re.MULTILINE)) | {"pair_unsupported"}

    assert len(codes) > 30
    assert codes - known == set()


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_is_said(language: str) -> None:
    with translation.override(language):
        english = {phrase for phrase in phrases() if translation.gettext(phrase) == phrase}
    assert not english, "write them into rooms/locale, then `make messages`"
    assert len(set(phrases())) > 15


def test_a_page_is_in_the_readers_language(client: Client, session: Session) -> None:
    page = client.get("/accounts/login/", headers={"accept-language": "ar,en;q=0.5"})
    said = page.content.decode()
    assert '<html lang="ar" dir="rtl">' in said
    assert "تسجيل الدخول" in said


def test_an_unknown_language_is_english(client: Client, session: Session) -> None:
    said = client.get("/nothing", headers={"accept-language": "tlh"}).content.decode()
    assert '<html lang="en" dir="ltr">' in said
    assert "Nothing here" in said


def test_an_invitation_names_its_language_as_the_reader_does(
    client: Client, session: Session
) -> None:
    invited = invite_interpreter(session=session, language="es", name="Ann")
    address = f"/booth/join/{invited.token}"
    assert "into Spanish." in client.get(address).content.decode()
    german = client.get(address, headers={"accept-language": "de"}).content.decode()
    assert "Ann, Sie sind eingeladen zu dolmetschen: Español." in german
