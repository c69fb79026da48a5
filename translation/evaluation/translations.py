"""How well was translated what was recognised: BLEU and chrF by sacrebleu, COMET where there is
a model for it."""

import logging
from collections.abc import Sequence
from functools import cache
from typing import Any

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest

from translation.errors import EngineMissing
from translation.evaluation.intervals import SAMPLES, Interval
from translation.evaluation.runs import Run, named
from translation.evaluation.streaming import StreamScores
from translation.evaluation.words import bleu_tokeniser

logging.getLogger("sacrebleu").setLevel(logging.WARNING)


def metrics(target: str) -> dict[str, Any]:
    """sacrebleu's own, with its own settings but for the tokeniser."""
    return {"bleu": BLEU(tokenize=bleu_tokeniser(target)), "chrf": CHRF()}


def score(
    runs: Sequence[Run], target: str, captions: StreamScores | None, comet_model: str
) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """Runs of one set and source -> the row of a target, and the detail of each recording; no row
    where nothing has a reference."""
    details = _details(runs, target, captions)
    if not details:
        return None, []
    hypotheses = [detail["hypothesis"] for detail in details]
    references = [detail["reference"] for detail in details]
    first = runs[0]
    row: dict[str, Any] = {
        "set": first.talk.set,
        "source": first.talk.language,
        "target": target,
        "engine": named(label for run in runs for label in run.translated_by(target)),
    }
    # One system alone: sacrebleu's bootstrap of a corpus, without its `n_bootstrap`, which stops
    # at samples that score 0 (statistics.mean of float and float32).
    found = PairedTest(
        [("now", hypotheses)], metrics(target), [references], test_type="bs", n_samples=SAMPLES
    )
    signatures, results = found()
    for name, label in zip(metrics(target), list(results)[1:], strict=True):
        result: Any = results[label][0]
        row[name] = round(float(result.score), 2)
        row[f"{name}_interval"] = _interval(result) if len(details) > 1 else None
        row[f"{name}_signature"] = str(signatures[label])
    row["comet"] = _add_comet(comet_model, details) if comet_model else None
    row["comet_model"] = comet_model or None
    row["recordings"] = len(details)
    return row, details


def _details(
    runs: Sequence[Run], target: str, captions: StreamScores | None
) -> list[dict[str, Any]]:
    """Every recording with a reference; of a talk of several, what was aligned with each."""
    aligned = iter(captions.predictions if captions else ())
    details: list[dict[str, Any]] = []
    for run in runs:
        references = [part.recording.references.get(target, "") for part in run.parts]
        if not all(references):
            continue
        whole = " ".join(r.translation.text for r in run.rendered[target] if r.translation)
        predictions = [next(aligned, "") for _ in run.parts]
        for part, reference, prediction in zip(run.parts, references, predictions, strict=True):
            details.append({
                "set": run.talk.set,
                "source": run.talk.language,
                "target": target,
                "recording": part.recording.name,
                "said": part.recording.text,
                "hypothesis": whole if len(run.parts) == 1 else prediction,
                "reference": reference,
            })  # fmt: skip
    return details


def _interval(found: Any) -> Interval:
    return round(float(found.mean - found.ci), 2), round(float(found.mean + found.ci), 2)


def _add_comet(model: str, details: Sequence[dict[str, Any]]) -> float:
    """Of all; each one's goes into its detail."""
    rows = [
        {"src": detail["said"], "mt": detail["hypothesis"], "ref": detail["reference"]}
        for detail in details
    ]
    output = _comet_model(model).predict(rows, batch_size=8, gpus=_gpus(), progress_bar=False)
    for detail, score in zip(details, output.scores, strict=True):
        detail |= {"comet": round(float(score), 4), "comet_model": model}
    return round(float(output.system_score), 4)


@cache
def _comet_model(path: str) -> Any:
    """Nothing is downloaded: `path` is a checkpoint (`checkpoints/model.ckpt`)."""
    try:
        from comet import load_from_checkpoint
    except ImportError:
        raise EngineMissing(
            "--comet needs COMET's own package; uv pip install unbabel-comet"
        ) from None
    try:
        return load_from_checkpoint(path)
    except (OSError, RuntimeError, KeyError) as error:
        raise EngineMissing(f"{path} is no checkpoint of COMET: {error}") from None


def _gpus() -> int:
    import torch

    return int(torch.cuda.is_available())
