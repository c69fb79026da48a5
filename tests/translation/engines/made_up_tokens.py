"""Vocabularies for translation models with random weights, in their families' own codes."""

import tokenizers

from translation.engines.seq2seq import Family, code
from translation.languages import LANGUAGES

LETTERS = "▁abcdefghijklmnopqrstuvwxyz.,?!'0123456789"


def vocabulary(family: Family, size: int = 0) -> list[str]:
    """Letters and languages; made-up words besides, where it is to be larger."""
    codes = [] if family is Family.OPUS else [code(family, tag) for tag in LANGUAGES]
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokens = [*special, *LETTERS, *dict.fromkeys(c for c in codes if c)]
    return [*tokens, *(f"▁word{number}" for number in range(size - len(tokens)))]


def tokenizer(tokens: list[str]) -> tokenizers.Tokenizer:
    made = tokenizers.Tokenizer(
        tokenizers.models.Unigram([(token, -1.0) for token in tokens], unk_id=3)
    )
    made.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace()
    made.decoder = tokenizers.decoders.Metaspace()
    made.add_special_tokens([t for t in tokens if len(t) > 1 and not t.startswith("▁word")])
    return made
