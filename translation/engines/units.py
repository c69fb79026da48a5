"""What engines have used of what their vendors bill, in the vendors' own units."""

from collections import Counter
from typing import Any

SECONDS, CHARACTERS, TOKENS = "seconds recognised", "characters spoken", "tokens"


def units_of(*engines: Any) -> dict[str, float]:
    """Unit -> how much since each was made, all together; those that cost nothing count nothing.

    an ear of OpenAI's protocol, a voice of ElevenLabs
    ->  {"seconds recognised": 12.4, "characters spoken": 310}
    """
    total: Counter[str] = Counter()
    for engine in engines:
        total.update(getattr(engine, "units", {}))
    return dict(total)
