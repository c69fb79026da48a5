"""COMET, against an imitation of its package's interface (no model): `load_from_checkpoint`, and
`predict` with a score for each row and one of all. As in unbabel-comet 2.2's README."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.translation.evaluation.a_run import a_run, recording
from translation.errors import EngineMissing
from translation.evaluation import runs, translations
from translation.evaluation.intervals import SEED

IMITATION = """
from collections import namedtuple

Prediction = namedtuple("Prediction", "scores system_score")
asked = []


class Model:
    def predict(self, samples, batch_size, gpus, progress_bar):
        asked.append((samples, gpus))
        scores = [float(row["mt"] == row["ref"]) for row in samples]
        return Prediction(scores, sum(scores) / len(scores))


def load_from_checkpoint(path):
    if not path.endswith(".ckpt"):
        raise KeyError("state_dict")
    return Model()
"""
TORCH = """
seeds = []
manual_seed = seeds.append


class cuda:
    @staticmethod
    def is_available():
        return False
"""


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Imitations of comet and torch, before whatever is installed."""
    (tmp_path / "comet.py").write_text(IMITATION)
    (tmp_path / "torch.py").write_text(TORCH)
    names = ("comet", "torch")
    before: dict[str, ModuleType] = {n: sys.modules.pop(n) for n in names if n in sys.modules}
    monkeypatch.syspath_prepend(tmp_path)
    translations._comet_model.cache_clear()
    yield
    for name in names:
        sys.modules.pop(name, None)
    sys.modules.update(before)


@pytest.mark.usefixtures("packages")
def test_every_recording_is_scored_and_all_of_them() -> None:
    right, wrong = (
        a_run(
            recording("we have", name=f"{name}.wav", references={"es": "hemos"}),
            segments=[("we have", 0, 2)], spanish=[text],
        )
        for name, text in (("right", "hemos"), ("wrong", "tener"))
    )  # fmt: skip

    row, details = translations.score([right, wrong], "es", None, "wmt22.ckpt")

    assert row is not None
    assert (row["comet"], row["comet_model"]) == (0.5, "wmt22.ckpt")
    assert [(d["comet"], d["comet_model"]) for d in details] == [
        (1.0, "wmt22.ckpt"), (0.0, "wmt22.ckpt"),
    ]  # fmt: skip
    asked = sys.modules["comet"].asked
    assert asked == [
        (
            [
                {"src": "we have", "mt": "hemos", "ref": "hemos"},
                {"src": "we have", "mt": "tener", "ref": "hemos"},
            ],
            0,
        )
    ]


@pytest.mark.usefixtures("packages")
def test_what_is_no_checkpoint_is_named() -> None:
    run = a_run(recording("we", references={"es": "a"}), segments=[("we", 0, 2)], spanish=["a"])
    with pytest.raises(EngineMissing, match=r"model\.txt is no checkpoint"):
        translations.score([run], "es", None, "model.txt")


@pytest.mark.usefixtures("packages")
def test_torch_draws_the_same_lots_each_time_though_nobody_has_loaded_it_yet() -> None:
    runs.seed()

    assert sys.modules["torch"].seeds == [SEED]
