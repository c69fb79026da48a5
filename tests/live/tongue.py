"""A `LanguageIdentifier` for live tests: it hears what stands in the file TONGUE_FILE."""

import os
from collections.abc import Mapping
from pathlib import Path

from translation.ports import Abilities
from translation.values import Samples


class Tongue:
    abilities = Abilities("tongue", "1", "Apache-2.0", frozenset({"en", "es"}))

    def identify(self, samples: Samples) -> Mapping[str, float]:
        return {Path(os.environ["TONGUE_FILE"]).read_text(): 0.98, "und": 0.02}
