"""Measures how well and how late the configured engines interpret recordings with known words."""

import importlib.util
import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from interpret import chains, wiring
from interpret.env import ROOT, env
from translation.errors import EngineMissing, InterpretError
from translation.jobs.engines import Engines
from translation.languages import language as known_language

if TYPE_CHECKING:
    from translation.evaluation.manifest import Recording, Talk

MANIFEST = ROOT.parent / "shared" / "speech" / "manifest.jsonl"
SCORERS = ("jiwer", "sacrebleu", "omnisteval")


class Command(BaseCommand):
    help = (
        "Interprets a manifest's recordings with the configured engines and scores what comes:"
        " report.json, report.md and report.html. Ends with 1 where --compare finds a regression,"
        " with 2 where something is wrong with what it was given."
    )
    requires_system_checks = ()  # it needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--manifest", type=Path, default=MANIFEST,
            help="one JSON object a line; infra/evaluation.md says which",
        )  # fmt: skip
        parser.add_argument("--out", type=Path, default=ROOT / "build" / "evaluate")
        parser.add_argument("--sets", default="", help="only these, like ljspeech,azure")
        parser.add_argument("--from", dest="sources", default="", help="only these floors: en,de")
        parser.add_argument("--to", dest="targets", default="", help="only into these: es,fr")
        parser.add_argument(
            "--limit", type=int, default=0, help="so many recordings of each set and language"
        )
        parser.add_argument(
            "--glossary", action="append", default=[], metavar="SET=TERMS.csv", type=_glossary,
            help="what a set's event listens for, where the manifest does not say; more than once",
        )  # fmt: skip
        parser.add_argument(
            "--compare", type=Path, metavar="REPORT.json",
            help="say what became better or worse since; ends with 1 where something is worse",
        )  # fmt: skip
        parser.add_argument(
            "--comet", default="", metavar="MODEL.ckpt", help="a checkpoint of COMET; else none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            worse = self._evaluate(options)
        except (InterpretError, OSError) as error:
            self.stderr.write(self.style.ERROR(str(error)))
            sys.exit(2)
        if worse:
            sys.exit(1)

    def _evaluate(self, options: dict[str, Any]) -> bool:
        missing = [name for name in SCORERS if importlib.util.find_spec(name) is None]
        if missing:
            raise EngineMissing(f"{', '.join(missing)} is not installed; `make evaluate` does it")
        from translation.evaluation.compare import compare, told
        from translation.evaluation.manifest import chosen, read_manifest, talks, with_glossaries
        from translation.evaluation.page import page
        from translation.evaluation.report import Asked, read_report, report
        from translation.evaluation.runs import run_all
        from translation.evaluation.tables import markdown

        before = read_report(options["compare"]) if options["compare"] else None
        everything = with_glossaries(read_manifest(options["manifest"]), dict(options["glossary"]))
        asked = Asked(
            sets=_listed(options["sets"]), sources=_tags(options["sources"]),
            targets=_tags(options["targets"]), limit=options["limit"],
        )  # fmt: skip
        recordings = chosen(everything, asked.sets, asked.limit)
        wanted, left_out = _served(
            list(talks(recordings)), everything, sources=asked.sources, targets=asked.targets
        )
        out: Path = options["out"]
        out.mkdir(parents=True, exist_ok=True)
        form = "{desc:24.24} {percentage:3.0f}% |{bar}| {n:.1f} of {total} talks, {remaining} left"
        with tqdm(total=len(wanted), bar_format=form, leave=False, disable=None) as bar:

            def progress(done: float, name: str) -> None:
                bar.n = done
                bar.set_description(name)

            runs = run_all(
                wanted, engines=_fresh_engines, translator=wiring.translator, progress=progress
            )
        now = report(
            runs,
            left_out=left_out,
            own_files=chains.model_files(env(), wiring.async_redis),
            comet_model=options["comet"],
            asked=asked,
        )
        text = markdown(now)
        _write(out / "report.json", json.dumps(now, ensure_ascii=False, indent=1))
        _write(out / "report.md", text)
        _write(out / "report.html", page(now))
        self.stdout.write(text)
        self.stdout.write(f"{out / 'report.html'}")
        if before is None:
            return False
        changes = compare(before, now)
        self.stdout.write(f"\nAgainst {options['compare']}:")
        told(changes, self.stdout.write)
        return any(change.verdict == "worse" for change in changes)


def _served(
    talks: Sequence["Talk"],
    everything: Sequence["Recording"],
    *,
    sources: Sequence[str],
    targets: Sequence[str],
) -> tuple[list[tuple["Talk", list[str]]], list[dict[str, str]]]:
    """The talks that the engines understand, each with the languages they can put it into; and
    what is left out, and why. Without `targets`: all languages the manifest has references in."""
    from translation.evaluation.manifest import BadManifest

    referenced = {tag for recording in everything for tag in recording.references}
    wanted: list[tuple[Talk, list[str]]] = []
    left_out: dict[tuple[str, str, str], str] = {}
    for talk in talks:
        if sources and talk.language not in sources:
            continue
        if not wiring.recognises(talk.language):
            left_out[talk.set, talk.language, ""] = (
                f"{env().recognition_engine} does not recognise “{talk.language}”"
            )
            continue
        served = []
        for target in sorted(set(targets or referenced) - {talk.language}):
            if wiring.supports(talk.language, target):
                served.append(target)
            else:
                left_out[talk.set, talk.language, target] = "no engine translates and speaks it"
        if served:
            wanted.append((talk, served))
    told = [
        {"set": set_, "language": language, "target": target, "why": why}
        for (set_, language, target), why in left_out.items()
    ]
    if not wanted:
        reasons = "; ".join(dict.fromkeys(f"{row['why']}" for row in told)) or "nothing is left"
        raise BadManifest(
            f"no recording can be interpreted: {reasons}; choose other engines, sets or languages"
        )
    return wanted, told


def _fresh_engines() -> Engines:
    wiring.recogniser.cache_clear()
    return wiring.engines()


def _glossary(text: str) -> tuple[str, Path]:
    name, _, path = text.partition("=")
    if not name or not path:
        raise ArgumentTypeError(f"“{text}” is no SET=TERMS.csv")
    return name, Path(path)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _tags(text: str) -> tuple[str, ...]:
    """Raises `UnknownLanguage`."""
    for tag in _listed(text):
        known_language(tag)
    return _listed(text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
