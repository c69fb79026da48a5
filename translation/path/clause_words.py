"""Words that say where a clause may be cut, per language.

Function words are a closed class: a short list serves any subject.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """`openers` begin a clause (conjunctions, relative pronouns); `starters` begin one or its
    object (pronouns, determiners); `links` begin a phrase (prepositions); `leaners` belong to what
    follows, so nothing is cut after one."""

    openers: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    leaners: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = ClauseWords(
    openers=_words(
        "and but or nor so yet because although though while when where whereas if unless until"
        " since that which who whose whom after before whether however therefore then"
    ),
    starters=_words(
        "a an the my your his her its our their this these those some any every each no"
        " i you he she it we they"
    ),
    links=_words(
        "in on at for with from to by into onto about through between under over during without"
        " within against among across toward towards upon as than like"
    ),
    leaners=_words(
        "a an the my your his her its our their this these those some any every each no"
        " i you he she it we they who which that what"
        " and but or nor so because although though while when where whereas if unless until since"
        " of in on at for with from to by into onto about through between under over during"
        " without within against among across toward towards upon as than like"
        " is are was were be been being am has have had do does did will would can could shall"
        " should may might must not very more most too i'm you're he's she's it's we're they're"
        " i've you've we've they've i'll you'll he'll she'll it'll we'll they'll don't doesn't"
        " didn't can't won't isn't aren't wasn't weren't mr mrs ms dr"
    ),
)

CLAUSE_WORDS: dict[str, ClauseWords] = {"en": ENGLISH}


def clause_words(language: str) -> ClauseWords:
    """Of a BCP-47 tag; nothing for a language without a list: then lengths and pauses decide."""
    return CLAUSE_WORDS.get(language, CLAUSE_WORDS.get(language.split("-")[0], ClauseWords()))
