"""What a run consists of: the Procfile's parts, less those that run elsewhere already."""

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
    return (parts.port or WEB_PORT) if parts.hostname in LOOPBACK else WEB_PORT


def chosen_parts(env: Env, *, folder: Path, talk: list[str], demo: bool) -> dict[str, str]:
    """Name -> command; what they need is written to `folder`. Raises `Taken` where a port is not
    free."""
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
    if not demo:
        del parts["speaker"]
    elif talk:
        parts["speaker"] += " " + shlex.join(talk)
    return parts


def configure_livekit(env: Env, folder: Path) -> None:
    """Writes LiveKit's configuration; its media ports follow the one of LIVEKIT_URL."""
    port = urlsplit(env.livekit_url).port or 7880
    remedy = "end what uses it, or set LIVEKIT_URL in .env to another port (media use the next two)"
    require_free("0.0.0.0", port + 1, what="LiveKit (media)", remedy=remedy)  # noqa: S104 - it does
    require_free("127.0.0.1", port + 2, what="LiveKit (media)", remedy=remedy, udp=True)
    template = Template((ROOT / "infra/livekit.yaml").read_text())
    text = template.safe_substitute(
        port=port,
        tcp_port=port + 1,
        udp_port=port + 2,
        api_key=env.livekit_api_key,
        api_secret=env.livekit_api_secret,
        webhook_url=f"http://{WEB_HOST}:{web_port(env)}/api/livekit/webhook",
    )
    path = folder / "livekit.yaml"
    path.touch(mode=0o600)
    path.write_text(text)


def environment(env: Env, folder: Path) -> dict[str, str]:
    """What every part inherits; the mark in it tells the sweeper which processes are ours."""
    programs = [str(Path(sys.executable).parent), str(ROOT / "build" / "bin")]
    inherited = os.environ
    return {
        **inherited,
        "PATH": os.pathsep.join([*programs, inherited.get("PATH", os.defpath)]),
        "PYTHONUNBUFFERED": "1",
        "RUN_DIR": str(folder),
        "REDIS_PORT": str(urlsplit(env.redis_url).port or 6379),
        "JOB_PROCESSES": str(env.job_processes),
        "WEB_HOST": WEB_HOST,
        "WEB_PORT": str(web_port(env)),
        MARK: secrets.token_hex(8),
    }
