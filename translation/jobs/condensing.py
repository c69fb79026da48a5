"""A late line in fewer words."""

import asyncio
import logging

from translation.errors import InterpretError
from translation.flow import outside_work
from translation.path.faithful import Doubt, doubts
from translation.ports import Condenser

MOST_S = 0.8
"""A late line waits so long to be condensed, and is said in full after that."""

LOST = {Doubt.EMPTY, Doubt.LOOP, Doubt.NUMBER, Doubt.NEGATION}

log = logging.getLogger(__name__)


async def condensed(
    condenser: Condenser, text: str, *, language: str, characters: int, session_id: str
) -> str:
    """ "" where the line is said in full: a number or a negation that was lost costs the listener
    more than being late."""
    try:
        async with asyncio.timeout(MOST_S):
            with outside_work():
                said = await condenser.condense(
                    text, language=language, characters=characters, session_id=session_id
                )
    except (InterpretError, TimeoutError) as error:
        log.info("a late line is not condensed (%s)", type(error).__name__)
        return ""
    faithful = not LOST & set(doubts(text, said, language, language))
    return said if faithful and len(said) < len(text) else ""
