"""An event's glossary as a file: a table (CSV) or TBX-Basic."""

from rooms.domain.errors import Invalid
from rooms.domain.glossary import glossary
from rooms.models import Event
from translation.errors import BadTermbase
from translation.termbase import Concept
from translation.termbase_csv import read_csv, write_csv
from translation.termbase_tbx import read_tbx, write_tbx


def concepts_of(data: bytes) -> list[Concept]:
    """Of either kind of file. Raises `Invalid`, naming what is wrong and where."""
    xml = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
    try:
        return read_tbx(data) if xml else read_csv(data)
    except BadTermbase as error:
        raise Invalid(str(error), code="bad_file") from None


def csv_of(*, event: Event) -> bytes:
    """Begins with a byte order mark: spreadsheets take it for UTF-8 then."""
    return write_csv(glossary(event=event)).encode("utf-8-sig")


def tbx_of(*, event: Event) -> bytes:
    return write_tbx(glossary(event=event), title=event.title)
