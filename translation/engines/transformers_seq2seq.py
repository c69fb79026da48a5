"""NLLB, M2M100, MADLAD-400 and OPUS-MT through transformers and torch (the extra `local`).

A sentence is encoded once, whatever the number of languages; all of them are one batch, each row
with its own first tokens: `decoder_input_ids = [[2, lang]]`. (`forced_bos_token_id` takes one
language a batch, and a list of them silently for something else.)
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from translation.engines.seq2seq import Family, Model, Row, joined
from translation.errors import EngineBroken, EngineError, EngineMissing, PairUnsupported
from translation.flow import offload
from translation.ports import NO_HINTS, Abilities, Hints, Rendering

LONGEST = 200
"""Tokens of a sentence; what is beyond is cut off, and no clause is near it."""

REMEDY = "uv pip install --requirement infra/requirements/local.txt"


class TransformersSeq2Seq:
    """`device`: auto, cpu or cuda. `beam`, `careful_beam` as with CTranslate2."""

    def __init__(
        self,
        *,
        model: Path,
        device: str = "auto",
        threads: int = 0,
        beam: int = 2,
        careful_beam: int = 5,
        commercial: bool = True,
    ) -> None:
        if not find_spec("torch") or not find_spec("transformers"):
            raise EngineMissing(f"torch and transformers are not installed: {REMEDY}")
        self._model = Model(model, commercial=commercial)
        self._device = device
        self._threads = threads
        self._beam = beam
        self._careful_beam = careful_beam
        self._pool = ThreadPoolExecutor(1, "translate")
        self.abilities = Abilities(
            name=f"{self._model.family} (transformers)",
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
        except (RuntimeError, ValueError, IndexError) as error:
            # Of torch: out of memory, a damaged model. Its words may hold the sentence's.
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
            beam = self._careful_beam if hints.doubts else self._beam
            decoded = self._decode(rows, 1 if hints.interim else beam)
            for row, tokens in zip(rows, decoded, strict=True):
                texts[row.target].append(self._model.pieces.decode(tokens))
        return {target: joined(parts, target) for target, parts in texts.items()}

    def _decode(self, rows: list[Row], beam: int) -> list[list[str]]:
        torch, transformers, model = self._loaded
        sources = list(dict.fromkeys(row.source[:LONGEST] for row in rows))
        ids = [torch.tensor(self._ids(source)) for source in sources]
        pad = model.config.pad_token_id
        batch = torch.nn.utils.rnn.pad_sequence(ids, batch_first=True, padding_value=pad)
        batch = batch.to(model.device)
        with torch.inference_mode():
            mask = (batch != pad).long()
            states = model.get_encoder()(batch, attention_mask=mask).last_hidden_state
            which = torch.tensor([sources.index(row.source[:LONGEST]) for row in rows])
            which = which.to(model.device)
            start = model.config.decoder_start_token_id
            firsts = [[start, *self._ids(row.prefix)] for row in rows]
            out = model.generate(
                encoder_outputs=transformers.modeling_outputs.BaseModelOutput(states[which]),
                attention_mask=mask[which],
                decoder_input_ids=torch.tensor(firsts).to(model.device),
                forced_bos_token_id=None,
                forced_eos_token_id=None,
                num_beams=beam,
                do_sample=False,
                no_repeat_ngram_size=4,
                suppress_tokens=[self._vocabulary[1]],
                max_length=None,
                max_new_tokens=min(LONGEST, 3 * batch.shape[1] + 10) - len(rows[0].prefix),
            )
        return [self._tokens(line[len(firsts[0]) :]) for line in out.tolist()]

    def _ids(self, tokens: Sequence[str]) -> list[int]:
        known, unknown = self._vocabulary
        return [known.get(token, unknown) for token in tokens]

    def _tokens(self, ids: list[int]) -> list[str]:
        return [self._by_id[id] for id in ids if id in self._by_id]

    @cached_property
    def _by_id(self) -> dict[int, str]:
        """Without the tokens that frame a sentence."""
        config = self._loaded[2].config
        names = ("pad_token_id", "eos_token_id", "bos_token_id", "decoder_start_token_id")
        frame = {getattr(config, name, None) for name in names}
        return {id: token for token, id in self._vocabulary[0].items() if id not in frame}

    @cached_property
    def _vocabulary(self) -> tuple[dict[str, int], int]:
        """Token -> id, and the id of what is unknown."""
        known: dict[str, int] | None = getattr(self._model.pieces, "ids", None)
        if known is None and self._model.family is Family.OPUS:
            known = json.loads((self._model.folder / "vocab.json").read_text(encoding="utf-8"))
        elif known is None:  # M2M100's languages stand behind its vocabulary
            tokenizer = self._loaded[1].AutoTokenizer.from_pretrained(str(self._model.folder))
            known = {**tokenizer.get_vocab(), **getattr(tokenizer, "lang_token_to_id", {})}
        return known, known.get("<unk>", 0)

    @cached_property
    def _loaded(self) -> tuple[Any, Any, Any]:
        """torch, transformers, and the model on its device."""
        import torch
        import transformers

        cuda = self._device == "cuda" or (self._device == "auto" and torch.cuda.is_available())
        if self._threads and not cuda:
            torch.set_num_threads(self._threads)
        try:
            model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                str(self._model.folder), dtype=torch.float16 if cuda else torch.float32
            )
            return torch, transformers, model.eval().to("cuda" if cuda else "cpu")
        except (OSError, ValueError, RuntimeError) as error:
            raise EngineMissing(
                f"the model at {self._model.folder} cannot be loaded: {error}"
            ) from error
