"""What a run consists of: the Procfile's parts, less those that run elsewhere already."""

import json
import os
import secrets
import shlex
import sys
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from honcho.environ import parse_procfile

from infra.run.ports import (
    LOOPBACK,
    http_answers,
    is_ours_to_start,
    port_of,
    redis_answers,
    require_free,
)
from infra.run.sweeper import MARK
from interpret.env import ROOT, Env

WEB_HOST = "127.0.0.1"
WEB_PORT = 8000


def web_port(env: Env) -> int:
    """BASE_URL's own port where that is this machine; else the one a proxy should forward to."""
    parts = urlsplit(env.base_url)
    ours = parts.hostname in LOOPBACK and parts.scheme == "http"
    return port_of(env.base_url) if ours else WEB_PORT


def web_address(env: Env) -> str:
    """Where the web server answers on this machine, whatever its name is outside."""
    return f"http://{WEB_HOST}:{web_port(env)}"


def chosen_parts(env: Env, *, folder: Path, talk: list[Path]) -> dict[str, str]:
    """Name -> command; what they need is written to `folder`. Without a talk nobody speaks.
    Raises `Taken` where a port is not free, `Silent` where a server elsewhere does not answer."""
    parts: dict[str, str] = dict(parse_procfile((ROOT / "infra/Procfile").read_text()).processes)
    require_free(
        WEB_HOST,
        web_port(env),
        what="the web server",
        remedy="end what uses it, or set BASE_URL in .env to another port",
    )
    if is_ours_to_start(
        env.redis_url,
        variable="REDIS_URL",
        default=str(Env.model_fields["redis_url"].default),
        what="Redis",
        answers=redis_answers,
    ):
        (folder / "redis").mkdir(parents=True, exist_ok=True)
    else:
        del parts["redis"]
    if is_ours_to_start(
        env.livekit_url,
        variable="LIVEKIT_URL",
        default=str(Env.model_fields["livekit_url"].default),
        what="LiveKit",
        answers=http_answers,
    ):
        configure_livekit(env, folder)
    else:
        del parts["livekit"]
    if talk:
        words = ["--demo", demo_file(folder), *talk]
        parts["speaker"] += " " + shlex.join(map(str, words))
    else:
        del parts["speaker"]
    return parts


def demo_file(folder: Path) -> Path:
    """What the demo's addresses and passwords are kept in."""
    return folder / "demo.json"


def configure_livekit(env: Env, folder: Path) -> None:
    """Writes LiveKit's configuration; its media ports follow the one of LIVEKIT_URL."""
    port = port_of(env.livekit_url)
    remedy = "end what uses it, or set LIVEKIT_URL in .env to another port (media use the next two)"
    require_free("0.0.0.0", port + 1, what="LiveKit (media)", remedy=remedy)  # noqa: S104 - it does
    require_free("127.0.0.1", port + 2, what="LiveKit (media)", remedy=remedy, udp=True)
    template = Template((ROOT / "infra/livekit.yaml").read_text())
    text = template.substitute(
        port=port,
        tcp_port=port + 1,
        udp_port=port + 2,
        api_key=_quoted(env.livekit_api_key),
        api_secret=_quoted(env.livekit_api_secret),
        webhook_url=_quoted(f"{web_address(env)}/api/livekit/webhook"),
    )
    path = folder / "livekit.yaml"
    path.touch(mode=0o600)
    path.write_text(text)


def _quoted(text: str) -> str:
    """As YAML reads any text: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def environment(env: Env, folder: Path) -> dict[str, str]:
    """What every part inherits; the mark in it tells the sweeper which processes are ours."""
    programs = [str(Path(sys.executable).parent), str(ROOT / "build" / "bin")]
    inherited = os.environ
    return {
        **inherited,
        "PATH": os.pathsep.join([*programs, inherited.get("PATH", os.defpath)]),
        "PYTHONUNBUFFERED": "1",
        "RUN_DIR": str(folder),
        "REDIS_PORT": str(port_of(env.redis_url)),
        "JOB_PROCESSES": str(env.job_processes),
        "WEB_HOST": WEB_HOST,
        "WEB_PORT": str(web_port(env)),
        MARK: secrets.token_hex(8),
    }
