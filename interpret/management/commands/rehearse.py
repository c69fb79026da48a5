"""Interprets a recording in this process: no servers, no accounts."""

import asyncio
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from interpret import wiring
from interpret.env import env
from translation.errors import InterpretError
from translation.jobs.rehearsal import check, rehearse
from translation.jobs.report import report, web_vtt


class Command(BaseCommand):
    help = "Interprets a sound file: writes the speech, the captions and a report per language."
    requires_system_checks = ()  # it needs no database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sound", type=Path, metavar="SOUND", help="any sound file")
        parser.add_argument("--from", dest="source", default="en", help="the floor's language")
        parser.add_argument("--to", required=True, help="languages, like es,fr")
        parser.add_argument("--out", type=Path, required=True, help="folder for the results")
        parser.add_argument(
            "--pace", type=float, choices=(0.0, 1.0), default=1.0,
            help="1: in real time (default); 0: as fast as it goes",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._rehearse(options)
        except (InterpretError, OSError) as error:
            self.stderr.write(self.style.ERROR(str(error)))
            sys.exit(2)

    def _rehearse(self, options: dict[str, Any]) -> None:
        source: str = options["source"]
        tags = [tag.strip() for tag in options["to"].split(",")]
        targets = list(dict.fromkeys(tag for tag in tags if tag))
        out: Path = options["out"]
        check(
            source=source,
            targets=targets,
            recognition=env().recognition_engine,
            translator=wiring.translator(),
            speech=wiring.synthesiser().abilities.languages,
        )
        out.mkdir(parents=True, exist_ok=True)
        bar = tqdm(total=100, unit="%", desc="interpreting", leave=False, disable=None)

        def progress(heard_s: float, all_s: float) -> None:
            bar.n = round(100 * heard_s / all_s)
            bar.refresh()

        with bar:
            rehearsed = rehearse(
                sound=options["sound"], source=source, targets=targets, engines=wiring.engines(),
                translator=wiring.translator, pace=options["pace"], progress=progress,
            )  # fmt: skip
        told = asyncio.run(report(rehearsed, source=source))
        note = f"Machine voice: {', '.join(rehearsed.engines.values())}"
        for tag, sink in rehearsed.sinks.items():
            sink.write(out / f"{tag}.wav")
            rows = told["languages"][tag]["segments"]
            (out / f"{tag}.vtt").write_text(web_vtt(tag, rows, note=note), encoding="utf-8")
        (out / "report.json").write_text(
            json.dumps(told, ensure_ascii=False, indent=2), encoding="utf-8"
        )
        for tag in targets:
            self.stdout.write(f"{tag}: {_summary(told['languages'][tag])} → {out / tag}.wav")


def _summary(language: dict[str, Any]) -> str:
    lag = language["lag_s"]
    if not language["segments"]:
        return "no words were recognised"
    if lag["p50"] is None:
        return "nothing was spoken"
    return f"lag p50 {lag['p50']} s, p95 {lag['p95']} s"
