"""Terms from TBX-Basic and back: ISO 30042:2019 (`tbx`, written), its 2008 form (`martif`) read.

    <conceptEntry id="holding">
      <langSec xml:lang="en"><termSec><term>holding company</term>
        <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec>

Of several terms in a language the preferred one is taken, else the first that is not deprecated
or superseded. A term that stays as it is has the term note `translationNote` with the text `no`
(as Weblate writes it); TBX-Basic has no category of its own for that.
`pronunciation` is TBX's own, of its larger dialects.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, indent, tostring
from xml.parsers import expat

from translation.errors import BadTermbase
from translation.languages import LANGUAGES
from translation.termbase import LONGEST, MOST_TERMS, Concept, Term
from translation.termbase_csv import new_id

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANG = "xml:lang"
_PREFERRED = "preferred"
_PARTS = {
    "conceptEntry": "entry", "termEntry": "entry", "langSec": "language", "langSet": "language",
    "termSec": "term", "tig": "term", "ntig": "term",
}  # fmt: skip
DEEPEST = 32
"""Elements within elements; TBX needs a dozen."""

_FORBIDDEN = ("deprecated", "superseded", "forbidden", "obsolete")


def read_tbx(data: bytes) -> list[Concept]:
    """Concepts with at least one term in a language of this service; `en-US` counts as `en`.

    Raises `BadTermbase`, naming the line or the concept that is wrong.
    """
    root = _parse(data)
    if root.tag not in ("tbx", "martif"):
        raise BadTermbase(f"The file is no TBX: it begins with <{root.tag[:20]}>.")
    concepts = [
        concept
        for entry in root.iter()
        if entry.tag in ("conceptEntry", "termEntry") and (concept := _concept(entry)).terms
    ]
    if not concepts:
        raise BadTermbase("The file holds no terms in a language of this service.")
    if sum(len(concept.terms) for concept in concepts) > MOST_TERMS:
        raise BadTermbase(f"A glossary has {MOST_TERMS} terms at most.")
    return concepts


def write_tbx(concepts: Iterable[Concept], *, title: str) -> bytes:
    root = Element(
        "tbx", {"type": "TBX-Basic", "style": "dca", _LANG: "en", "xmlns": NAMESPACE}
    )  # fmt: skip
    file = SubElement(SubElement(root, "tbxHeader"), "fileDesc")
    SubElement(SubElement(file, "titleStmt"), "title").text = title
    SubElement(SubElement(file, "sourceDesc"), "p").text = title
    body = SubElement(SubElement(root, "text"), "body")
    for concept in concepts:
        entry = SubElement(body, "conceptEntry", {"id": concept.id})
        for term in concept.terms:
            section = SubElement(entry, "langSec", {_LANG: term.language})
            one = SubElement(section, "termSec")
            SubElement(one, "term").text = _writable(term.term)
            _note(one, "administrativeStatus", "preferredTerm-admn-sts")
            if term.do_not_translate:
                _note(one, "translationNote", "no")
            if term.pronunciation:
                _note(one, "pronunciation", _writable(term.pronunciation))
            if term.note:
                SubElement(one, "note").text = _writable(term.note)
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _note(section: Element, type: str, text: str) -> None:
    SubElement(section, "termNote", {"type": type}).text = text


def _writable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or " " <= c not in "\ufffe\uffff")


def _parse(data: bytes) -> Element:
    """The tree, names without their namespaces. A document that declares entities is refused:
    they can unfold a small file into one that fills the memory. So is one whose entries lie within
    entries, which would be read as often as they are deep."""
    tree, within = TreeBuilder(), list[str]()

    def start(name: str, given: dict[str, str]) -> None:
        name = _bare(name)
        part = _PARTS.get(name, "")
        if part and part in within:
            raise BadTermbase(f"Line {parser.CurrentLineNumber}: <{name}> within another one.")
        if len(within) == DEEPEST:
            raise BadTermbase(f"Line {parser.CurrentLineNumber}: elements lie too deep.")
        within.append(part)
        tree.start(name, given)

    def end(name: str) -> None:
        within.pop()
        tree.end(_bare(name))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = tree.data
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(data, True)
        return tree.close()
    except (expat.ExpatError, ValueError, AssertionError) as error:
        raise BadTermbase(f"The file cannot be read as XML: {error}.") from None


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_entities(*_: object) -> None:
    raise BadTermbase("The file declares XML entities; save it without them.")


def _concept(entry: Element) -> Concept:
    id = entry.get("id", "").strip() or new_id()
    _check(id, "concept", id)
    concept = Concept(id)
    for section in entry.iter():
        tag = _tag(section.get(_LANG, ""))
        if section.tag not in ("langSec", "langSet") or not tag:
            continue
        found = [
            (_rank(one), one) for one in section.iter() if one.tag in ("termSec", "tig", "ntig")
        ]
        found = [(rank, one) for rank, one in found if rank < 2 and _text(one, "term")]
        if found and not any(term.language == tag for term in concept.terms):
            concept.terms.append(_term(id, tag, min(found, key=lambda pair: pair[0])[1]))
    return concept


def _term(id: str, tag: str, section: Element) -> Term:
    text, note = _text(section, "term"), _text(section, "note")
    _check(text, "term", id)
    _check(note, "note", id)
    kept = _category(section, "translationNote").lower() == "no"
    pronunciation = _category(section, "pronunciation")
    _check(pronunciation, "pronunciation", id)
    return Term(tag, text, note, kept, pronunciation)


def _check(text: str, name: str, id: str) -> None:
    if len(text) > LONGEST[name]:
        raise BadTermbase(
            f"Concept “{id[:60]}”: {name}: is longer than {LONGEST[name]} characters."
        )


def _tag(lang: str) -> str:
    """A language of ours: `PT_br` -> `pt-BR`, `en-US` -> `en`; "" where it is none."""
    ours = {tag.lower(): tag for tag in LANGUAGES}
    tag = lang.strip().lower().replace("_", "-")
    return ours.get(tag, ours.get(tag.partition("-")[0], ""))


def _rank(section: Element) -> int:
    status = _category(section, "administrativeStatus").lower()
    if status.startswith(_FORBIDDEN):
        return 2
    return 0 if status.startswith(_PREFERRED) else 1


def _category(section: Element, name: str) -> str:
    """A data category, as an attribute's value (DCA) or as an element's name (DCT)."""
    for one in section.iter():
        if one.tag == name or (one.tag == "termNote" and one.get("type") == name):
            return _all_text(one)
    return ""


def _text(section: Element, name: str) -> str:
    found = next((one for one in section.iter() if one.tag == name), None)
    return "" if found is None else _all_text(found)


def _all_text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
