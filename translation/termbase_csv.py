"""Terms from a table and back.

Either a row a term,          or a row a concept, a column a language:

    concept,language,term,note,do_not_translate        en,es,note
    holding,en,holding company,,                       holding company,grupo,finance
    holding,es,grupo,finance,no                        Acme,Acme,

Separated by commas, semicolons or tabs, in UTF-8; `concept`, `note`, `do_not_translate` and, of a
row a term, `pronunciation` may be missing. Rows of one `concept` belong together; without one, each
row of the second kind does.
"""

import csv
import io
import secrets
from collections.abc import Iterable, Mapping

from translation.errors import BadTermbase
from translation.languages import LANGUAGES
from translation.termbase import LONGEST, MOST_TERMS, Concept, Term

YES = {"yes", "y", "true", "1", "x"}
NO = {"", "no", "n", "false", "0"}
COLUMNS = ("concept", "language", "term", "note", "do_not_translate", "pronunciation")
OWN_COLUMNS = {"concept", "note", "do_not_translate"}

MOST_COLUMNS = 100
TOO_MANY = f"A glossary has {MOST_TERMS} terms at most."

Row = Mapping[str, str]


def read_csv(data: bytes) -> list[Concept]:
    """Raises `BadTermbase`, naming the line and the column that are wrong."""
    columns, rows = _rows(data)
    if {"language", "term"} <= columns:
        return _few(_a_row_a_term(rows))
    languages = sorted(column for column in columns if column in LANGUAGES)
    strange = sorted(columns - set(languages) - OWN_COLUMNS)
    if not languages or strange:
        raise BadTermbase(
            "The first line must name the columns: language and term, or one language's tag each"
            f" (with concept, note, do_not_translate){f'; not “{strange[0]}”' if strange else ''}."
        )
    return _few(_concept(line, row, languages) for line, row in rows)


def _few(concepts: Iterable[Concept]) -> list[Concept]:
    """Ends with the term that is one too many."""
    kept, terms = [], 0
    for concept in concepts:
        kept.append(concept)
        terms += len(concept.terms)
        if terms > MOST_TERMS:
            raise BadTermbase(TOO_MANY)
    return kept


def write_csv(concepts: Iterable[Concept]) -> str:
    """A row a term. A cell that a spreadsheet would take for a formula begins with an apostrophe,
    which `read_csv` takes away again."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for concept in concepts:
        for term in concept.terms:
            kept = "yes" if term.do_not_translate else ""
            cells = (concept.id, term.language, term.term, term.note, kept, term.pronunciation)
            writer.writerow([f"'{cell}" if cell[:1] in _FORMULA else cell for cell in cells])
    return table.getvalue()


_FORMULA = frozenset("=+-@'")


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell


def _rows(data: bytes) -> tuple[set[str], list[tuple[int, Row]]]:
    """The columns; line number and cells of every row that is not empty."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTermbase("The file is not UTF-8 text. Save it as “CSV UTF-8”.") from None
    if "\x00" in text:
        raise BadTermbase("The file is no table: it holds a NUL character.")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head_cells = next(reader, [])
        if len(head_cells) > MOST_COLUMNS:
            raise BadTermbase(f"A table has {MOST_COLUMNS} columns at most.")
        names = [_column(cell) for cell in head_cells]
        if not any(names):
            raise BadTermbase("The file is empty.")
        rows: list[tuple[int, Row]] = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, dict(zip(names, map(_plain, cells), strict=False))))
            if len(rows) > MOST_TERMS:
                raise BadTermbase(TOO_MANY)
    except csv.Error as error:
        raise BadTermbase(f"Line {reader.line_num}: {error}.") from None
    if not rows:
        raise BadTermbase("The file holds no terms.")
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
            raise BadTermbase(
                f"Line {line}: language: “{tag[:16]}” is no language of this service."
            )
        text = _cell(line, row, "term")
        if not text:
            raise BadTermbase(f"Line {line}: term: is empty.")
        found.setdefault(id, Concept(id)).terms.append(_term(line, row, tag, text))
    return list(found.values())


def _concept(line: int, row: Row, languages: list[str]) -> Concept:
    terms = [_term(line, row, tag, _cell(line, row, tag)) for tag in languages if row.get(tag, "")]
    if not terms:
        raise BadTermbase(f"Line {line}: holds no term.")
    return Concept(_cell(line, row, "concept") or new_id(), terms)


def _term(line: int, row: Row, language: str, text: str) -> Term:
    said = row.get("do_not_translate", "").lower()
    if said not in YES | NO:
        raise BadTermbase(f"Line {line}: do_not_translate: must be yes or no.")
    pronunciation = _cell(line, row, "pronunciation")
    return Term(language, text, _cell(line, row, "note"), said in YES, pronunciation)


def _cell(line: int, row: Row, name: str) -> str:
    text, longest = row.get(name, ""), LONGEST.get(name, LONGEST["term"])
    if len(text) > longest:
        raise BadTermbase(f"Line {line}: {name}: is longer than {longest} characters.")
    return text


def new_id() -> str:
    return secrets.token_urlsafe(8)
