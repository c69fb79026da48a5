"""A glossary from a table.

Either a row a term,          or a row a concept, a column a language:

    concept,language,term,note,do_not_translate        en,es,note
    holding,en,holding company,,                       holding company,grupo,finance
    holding,es,grupo,finance,no                        Acme,Acme,

Separated by commas, semicolons or tabs, in UTF-8; `concept`, `note` and `do_not_translate` may be
missing. Rows of one `concept` belong together; without one, each row of the second kind does.
"""

import csv
import io
from collections.abc import Mapping

from rooms.domain.errors import Invalid
from rooms.domain.glossary import MOST_TERMS, Concept, Term
from rooms.models.ids import new_id
from translation.languages import LANGUAGES

LONGEST = {"concept": 60, "term": 200, "note": 500}
YES = {"yes", "y", "true", "1", "x"}
NO = {"", "no", "n", "false", "0"}
OWN_COLUMNS = {"concept", "note", "do_not_translate"}

Row = Mapping[str, str]


def concepts_of(data: bytes) -> list[Concept]:
    """Raises `Invalid`, naming the line and the column that are wrong."""
    columns, rows = _rows(data)
    if {"language", "term"} <= columns:
        return _a_row_a_term(rows)
    languages = [column for column in columns if column in LANGUAGES]
    strange = sorted(columns - set(languages) - OWN_COLUMNS)
    if not languages or strange:
        raise Invalid(
            "The first line must name the columns: language and term, or one language's tag each"
            f" (with concept, note, do_not_translate){f'; not “{strange[0]}”' if strange else ''}."
        )
    return [_concept(line, row, languages) for line, row in rows]


def _rows(data: bytes) -> tuple[set[str], list[tuple[int, Row]]]:
    """The columns; line number and cells of every row that is not empty."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("The file is not UTF-8 text. Save it as “CSV UTF-8”.") from None
    if "\x00" in text:
        raise Invalid("The file is no table: it holds a NUL character.")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [_column(cell) for cell in next(reader, [])]
        if not any(names):
            raise Invalid("The file is empty.")
        rows: list[tuple[int, Row]] = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(
                    (reader.line_num, dict(zip(names, map(str.strip, cells), strict=False)))
                )
            if len(rows) > MOST_TERMS:
                raise Invalid(f"A glossary has {MOST_TERMS} terms at most.")
    except csv.Error as error:
        raise Invalid(f"Line {reader.line_num}: {error}.") from None
    if not rows:
        raise Invalid("The file holds no terms.")
    return {name for name in names if name}, rows


def _column(cell: str) -> str:
    """A tag in its own writing, any other name in lower case with underscores."""
    name = cell.strip()
    tags = {tag.lower(): tag for tag in LANGUAGES}
    return tags.get(name.lower(), name.lower().replace(" ", "_"))


def _a_row_a_term(rows: list[tuple[int, Row]]) -> list[Concept]:
    found: dict[str, Concept] = {}
    for line, row in rows:
        id = _cell(line, row, "concept") or new_id()
        tag = row.get("language", "")
        if tag not in LANGUAGES:
            raise Invalid(f"Line {line}: language: “{tag[:16]}” is no language of this service.")
        text = _cell(line, row, "term")
        if not text:
            raise Invalid(f"Line {line}: term: is empty.")
        found.setdefault(id, Concept(id)).terms.append(_term(line, row, tag, text))
    return list(found.values())


def _concept(line: int, row: Row, languages: list[str]) -> Concept:
    terms = [_term(line, row, tag, _cell(line, row, tag)) for tag in languages if row.get(tag, "")]
    if not terms:
        raise Invalid(f"Line {line}: holds no term.")
    return Concept(_cell(line, row, "concept") or new_id(), terms)


def _term(line: int, row: Row, language: str, text: str) -> Term:
    said = row.get("do_not_translate", "").lower()
    if said not in YES | NO:
        raise Invalid(f"Line {line}: do_not_translate: must be yes or no.")
    return Term(language, text, _cell(line, row, "note"), said in YES)


def _cell(line: int, row: Row, name: str) -> str:
    text, longest = row.get(name, ""), LONGEST.get(name, LONGEST["term"])
    if len(text) > longest:
        raise Invalid(f"Line {line}: {name}: is longer than {longest} characters.")
    return text
