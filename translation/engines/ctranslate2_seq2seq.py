"""NLLB, M2M100, MADLAD-400 and OPUS-MT through CTranslate2: 8-bit integers on a CPU, 16-bit floats
on a GPU. All sentences into all languages are one batch.
"""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

from translation.engines.seq2seq import Model, Row, joined
from translation.errors import EngineBroken, EngineError, EngineMissing, PairUnsupported
from translation.flow import offload
from translation.ports import NO_HINTS, Abilities, Hints, Rendering

MOST_ROWS = 64
"""In one step of the model; more are done in turn."""

LONGEST = 200
"""Tokens of a sentence; what is beyond is cut off, and no clause is near it."""


class CTranslate2Seq2Seq:
    """`device`: auto, cpu or cuda. `compute_type`: CTranslate2's name; "" for 8-bit integers on a
    CPU, 16-bit floats on a GPU. `threads`: 0 for as many as CTranslate2 thinks best. `beam`:
    hypotheses kept while decoding; a doubtful sentence is done again with `careful_beam`, interim
    captions are decoded greedily."""

    def __init__(
        self,
        *,
        model: Path,
        device: str = "auto",
        compute_type: str = "",
        threads: int = 0,
        beam: int = 2,
        careful_beam: int = 5,
        commercial: bool = True,
    ) -> None:
        self._model = Model(model, commercial=commercial)
        if not (model / "model.bin").is_file():
            raise EngineMissing(
                f"the model at {model} is not converted for CTranslate2: it has no model.bin;"
                " ct2-transformers-converter makes one"
            )
        self._device = device
        self._compute_type = compute_type
        self._threads = threads
        self._beam = beam
        self._careful_beam = careful_beam
        self._pool = ThreadPoolExecutor(1, "translate")
        self.abilities = Abilities(
            name=f"{self._model.family} (CTranslate2)",
            version=self._model.version,
            licence=self._model.licence,
            languages=self._model.languages,
        )

    def supports(self, source: str, target: str) -> bool:
        return self._model.supports(source, target)

    async def translate(
        self, text: str, *, source: str, targets: Sequence[str], hints: Hints = NO_HINTS
    ) -> Mapping[str, Rendering | Exception]:
        able = [target for target in targets if self.supports(source, target)]
        results: dict[str, Rendering | Exception] = {
            target: Rendering(text, "")
            if target == source
            else PairUnsupported(
                f"{self.abilities.label} does not go from “{source}” to “{target}”;"
                " choose another TRANSLATION_ENGINE for it"
            )
            for target in targets
            if target not in able
        }
        try:
            made = await offload(self._pool, self._translate, text, source, able, hints)
        except EngineError as error:
            return {**results, **dict.fromkeys(able, error)}
        except (RuntimeError, ValueError) as error:
            # Of CTranslate2: out of memory, a damaged model. It never says what the sentence was.
            broken = EngineBroken(f"{self.abilities.label} failed ({type(error).__name__})")
            return {**results, **dict.fromkeys(able, broken)}
        for target in able:
            results[target] = Rendering(made[target], self.abilities.label)
        return {target: results[target] for target in targets}

    async def aclose(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._pool.shutdown)

    def _translate(
        self, text: str, source: str, targets: Sequence[str], hints: Hints
    ) -> dict[str, str]:
        """Blocking."""
        rows = self._model.rows(text, source, targets)
        texts: dict[str, list[str]] = {target: [] for target in targets}
        if rows:
            for row, tokens in zip(rows, self._decode(rows, hints), strict=True):
                texts[row.target].append(self._model.pieces.decode(tokens[len(row.prefix) :]))
        return {target: joined(parts, target) for target, parts in texts.items()}

    def _decode(self, rows: list[Row], hints: Hints) -> list[list[str]]:
        longest = max(len(row.source) for row in rows)
        beam = self._careful_beam if hints.doubts else self._beam
        done = self._translator.translate_batch(
            [list(row.source) for row in rows],
            target_prefix=[list(row.prefix) for row in rows] if rows[0].prefix else None,
            beam_size=1 if hints.interim else beam,
            max_batch_size=MOST_ROWS,
            max_input_length=LONGEST,
            max_decoding_length=min(LONGEST, 3 * longest + 10),
            no_repeat_ngram_size=4,
            disable_unk=True,
        )
        return [result.hypotheses[0] for result in done]

    @cached_property
    def _translator(self) -> Any:
        import ctranslate2  # loads a library of 100 MB: only where a model is used

        cuda = ctranslate2.get_cuda_device_count() > 0
        device = self._device if self._device != "auto" else "cuda" if cuda else "cpu"
        try:
            return ctranslate2.Translator(
                str(self._model.folder),
                device=device,
                compute_type=self._compute_type or ("float16" if device == "cuda" else "int8"),
                intra_threads=self._threads,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineMissing(
                f"the model at {self._model.folder} cannot be loaded on {device}: {error}"
            ) from error
