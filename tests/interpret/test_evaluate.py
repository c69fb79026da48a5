"""`manage.py evaluate`, with the engines that come with the service: the small evaluation that
runs with all tests."""

import json
import re
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from interpret import wiring
from tests.servers import require
from tests.translation.engines.recordings import LIBRIVOX

pytestmark = pytest.mark.programs

READ = "sense_and_sensibility_01_austen_64kb-{}.wav"
SENTENCES = [
    ("0880", "he was not an ill disposed young man", "no era un joven malintencionado"),
    (
        "0890",
        "unless to be rather cold hearted and rather selfish is to be ill disposed",
        "a menos que ser bastante frío y bastante egoísta sea ser malintencionado",
    ),
    (
        "0930",
        "he might even have been made amiable himself",
        "incluso él mismo podría haberse vuelto amable",
    ),
]
"""The Spanish is ours."""


@pytest.fixture(autouse=True)
def fresh_engines() -> Iterator[None]:
    """Each command is a process of its own for real."""
    require(shutil.which("apertium") and shutil.which("espeak-ng"), "Apertium or eSpeak NG")
    yield
    wiring.forget()


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A talk of three sentences, and a recording in a language that nobody recognises here."""
    require(LIBRIVOX if LIBRIVOX.is_dir() else None, "pocketsphinx-testdata")
    folder = tmp_path_factory.mktemp("recordings")
    (folder / "terms.csv").write_text("en,es\nyoung man,mozo\n")
    lines: list[dict[str, Any]] = [
        {
            "audio": str(LIBRIVOX / READ.format(number)),
            "lang": "en",
            "set": "austen",
            "talk": "sense and sensibility",
            "text": said,
            "references": {"es": spanish},
            "glossary": "terms.csv",
        }
        for number, said, spanish in SENTENCES
    ]
    (folder / "de.wav").symlink_to(lines[0]["audio"])
    lines.append({"audio": "de.wav", "lang": "de", "set": "austen", "text": "kein Deutsch"})
    path = folder / "manifest.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


@pytest.fixture(scope="module")
def out(manifest: Path) -> Iterator[Path]:
    """The folder of one evaluation."""
    folder = manifest.parent / "out"
    call_command("evaluate", "--manifest", str(manifest), "--out", str(folder), stdout=StringIO())
    yield folder
    wiring.forget()


def refusal(*options: str) -> str:
    """What the command says on stderr before it exits with status 2."""
    stderr = StringIO()
    with pytest.raises(SystemExit) as exited:
        call_command("evaluate", *options, stderr=stderr, stdout=StringIO(), no_color=True)
    assert exited.value.code == 2
    return stderr.getvalue().strip()


def test_an_evaluation_scores_recognition_translation_and_latency(out: Path) -> None:
    report = json.loads((out / "report.json").read_text())

    (heard,) = report["recognition"]
    assert (heard["set"], heard["language"], heard["words"]) == ("austen", "en", 30)
    assert heard["terms"] == 1
    assert heard["engine"].startswith("PocketSphinx ")
    assert 0 <= heard["wer"] < 0.5
    (made,) = report["translation"]
    assert [made[name] for name in ("set", "source", "target", "recordings")] == [
        "austen", "en", "es", 3,
    ]  # fmt: skip
    assert 20 < made["chrf"] < 80
    assert made["engine"].startswith("Apertium ")
    assert made["engine"].endswith(" (eng-spa)")
    assert made["bleu_signature"].startswith("nrefs:1|bs:1000|seed:12345|")
    floor, spoken = report["latency"]
    assert (floor["target"], spoken["target"]) == ("en", "es")
    assert 0 < floor["lag_s"]["p50"] < spoken["lag_s"]["p50"]
    assert spoken["stream_laal_s"] > 0
    assert spoken["long_yaal_s"] > 0
    assert sum(spoken["skipped"].values()) == 0
    (cost,) = report["cost"]
    assert cost["targets"] == ["es"]
    assert 0 < cost["real_time_factor"] < 5
    assert (cost["gpu_s_per_hour"], cost["vendor_units_per_hour"]) in [(None, {}), (0, {})]


def test_an_evaluation_counts_terms_and_what_captions_take_back(out: Path) -> None:
    report = json.loads((out / "report.json").read_text())

    floor, spanish = report["captions"]
    assert (spanish["terms"], spanish["term_hit_rate"] is None) in [(1, False), (0, True)]
    assert floor["drafts"] > 0
    assert spanish["drafts"] > 0
    assert floor["erasure"] >= 0


def test_an_evaluation_says_what_it_left_out_and_which_models_it_used(out: Path) -> None:
    report = json.loads((out / "report.json").read_text())

    assert report["left_out"] == [
        {
            "set": "austen", "language": "de", "target": "",
            "why": "pocketsphinx does not recognise “de”",
        }
    ]  # fmt: skip
    models = {row["model"]: row["sha256"] for row in report["models"]}
    assert set(models) == {"Silero", "PocketSphinx", "Apertium", "eSpeak NG"}
    assert all(len(sha256) == 64 for sha256 in models.values())


def test_an_evaluation_is_written_to_be_read(out: Path) -> None:
    assert sorted(path.name for path in out.iterdir()) == [
        "report.html", "report.json", "report.md",
    ]  # fmt: skip
    assert "| austen | en | PocketSphinx " in (out / "report.md").read_text()
    assert (out / "report.html").read_text().count("<svg") == 2


def test_an_evaluation_that_became_worse_ends_with_one(
    manifest: Path, out: Path, tmp_path: Path
) -> None:
    before = json.loads((out / "report.json").read_text())
    better = json.loads(json.dumps(before))
    for detail in better["details"]["latency"]:
        detail["lag_s"] = detail["lag_s"] and detail["lag_s"] - 5
    gone = {"set": "austen", "language": "fr", "talk": "gone.wav", "said": "", "loops": 0}
    better["recognition"].append(gone)
    better["details"]["recognition"].append(gone)
    (tmp_path / "better.json").write_text(json.dumps(better))
    stdout = StringIO()

    with pytest.raises(SystemExit) as exited:
        call_command(
            "evaluate", "--manifest", str(manifest), "--out", str(tmp_path / "out"), "--to", "es",
            "--compare", str(tmp_path / "better.json"), stdout=stdout,
        )  # fmt: skip

    assert exited.value.code == 1
    told = stdout.getvalue().partition("Against ")[2].splitlines()[1:]
    missing = r"worse +not run +austen fr +nothing of it is in the new report"
    assert re.fullmatch(missing, told[0])
    assert told[1].startswith("worse   lag p")
    assert [line[:20] for line in told if "WER" in line] == ["same    WER         "]
    now = json.loads((tmp_path / "out" / "report.json").read_text())
    assert now["details"]["recognition"] == before["details"]["recognition"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--manifest", "gone.jsonl"), "gone.jsonl is not there; name a manifest with --manifest"),
        (("--sets", "x"), "the manifest has no set “x”; it has: austen"),
        (("--to", "xx"), "“xx” is not a language of this service; known: "),
        (("--from", "de"), "no recording can be interpreted: pocketsphinx does not recognise “de”"),
        (("--to", "ar"), "no recording can be interpreted: "),
        (("--compare", "gone.json"), "gone.json is not there; give the report.json of an earlier"),
    ],
)
def test_an_evaluation_refuses_what_it_cannot_do(
    manifest: Path, tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    said = refusal("--manifest", str(manifest), "--out", str(tmp_path / "out"), *options)

    assert said.startswith(told)
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_an_evaluation_names_the_glossary_that_is_wrong(manifest: Path, tmp_path: Path) -> None:
    row = json.loads(manifest.read_text().splitlines()[0])
    del row["glossary"]
    path, terms = tmp_path / "manifest.jsonl", tmp_path / "terms.csv"
    path.write_text(json.dumps(row))
    terms.write_text("nothing\nat all\n")

    said = refusal(
        "--manifest", str(path), "--glossary", f"austen={terms}", "--out", str(tmp_path / "out")
    )

    assert said.startswith(f"{terms}: The first line must name the columns")


def test_an_evaluation_names_the_line_that_is_wrong(manifest: Path, tmp_path: Path) -> None:
    bad = manifest.parent / "bad.jsonl"
    bad.write_text(manifest.read_text().splitlines()[0] + '\n{"audio": "x.wav"}\n')

    assert refusal("--manifest", str(bad), "--out", str(tmp_path / "out")) == (
        f"{bad}, line 2: “lang” is missing or empty; every recording needs one"
    )
