"""The service's settings, read from the environment and `.env`; the only reader of both.

Every one is described in `.env.example`. A wrong value ends the process with one line that names
the variable, the value and the remedy.
"""

from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from interpret.mail import PORTS
from translation.errors import BadVoices
from translation.voices import voices_of_json

ROOT = Path(__file__).resolve().parent.parent

ONLY_HERE = "only-for-this-machine-not-a-secret"
"""Stands for a secret nobody set; refused as soon as anything is reachable from elsewhere."""

_SECRETS = {
    "secret_key",
    "livekit_api_secret",
    "database_url",
    "redis_url",
    "email_url",
    "llm_key",
    "elevenlabs_key",
    "speech_key",
    "transcription_key",
    "deepgram_key",
}


class EnvError(SystemExit):
    """A setting is wrong. Its text is the one line to show."""


class Env(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=ROOT / ".env", env_file_encoding="utf-8", env_ignore_empty=True, frozen=True
    )

    secret_key: str = Field(default=ONLY_HERE, repr=False)
    debug: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    base_url: str = "http://127.0.0.1:8000"
    allowed_hosts: str = ""
    allow_sign_up: bool = True
    email_url: str = Field(default="", repr=False)
    email_from: str = ""

    database_url: str = Field(default="sqlite:///build/run/interpret.sqlite3", repr=False)
    redis_url: str = Field(default="redis://127.0.0.1:6390/0", repr=False)

    livekit_url: str = "ws://127.0.0.1:7880"
    livekit_public_url: str = ""
    livekit_api_key: str = "devkey"
    livekit_api_secret: str = Field(default=ONLY_HERE, repr=False)
    listeners_per_shard: int = Field(default=400, ge=1, le=3000)
    shards_per_channel: int = Field(default=20, ge=1, le=1000)
    listener_token_minutes: int = Field(default=10, ge=1, le=1440)
    invitation_hours: int = Field(default=72, ge=1, le=8760)

    lease_ttl_s: float = Field(default=3.0, ge=0.5, le=60)
    job_processes: int = Field(default=5, ge=2, le=256)
    languages_per_channel_job: int = Field(default=8, ge=1, le=64)
    voice_activity_engine: str = "silero"
    recognition_engine: str = "pocketsphinx"
    translation_engine: str = "apertium"
    speech_engine: str = "espeak-ng"
    commercial_use: bool = True

    models_folder: str = "build/models"
    whisper_model: str = "large-v3-turbo"
    whisper_device: Literal["auto", "cpu", "cuda"] = "auto"
    whisper_compute_type: str = ""
    whisper_threads: int = Field(default=0, ge=0, le=256)
    whisper_step_s: float = Field(default=0.6, ge=0.1, le=5)
    whisper_commit: Literal["alignment", "agreement"] = "alignment"
    identification_engine: str = ""
    transcription_url: str = ""
    transcription_model: str = ""
    transcription_key: str = Field(default="", repr=False)
    transcription_timeout_s: float = Field(default=2.5, ge=0.5, le=60)
    deepgram_key: str = Field(default="", repr=False)
    deepgram_model: str = "nova-3"
    deepgram_url: str = "wss://api.deepgram.com"

    translation_checks: bool = True
    translation_timeout_s: float = Field(default=4.0, ge=0.1, le=60)
    translation_model: str = ""
    translation_device: Literal["auto", "cpu", "cuda"] = "auto"
    translation_threads: int = Field(default=0, ge=0, le=256)
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = Field(default="", repr=False)
    llm_timeout_s: float = Field(default=6.0, ge=0.1, le=60)
    llm_idle_s: float = Field(default=2.0, ge=0.1, le=60)
    llm_tokens_a_session: int = Field(default=0, ge=0)

    speech_voices: str = ""
    speech_condense: bool = False
    piper_voices_folder: str = "build/models/piper"
    piper_threads: int = Field(default=2, ge=1, le=64)
    elevenlabs_key: str = Field(default="", repr=False)
    elevenlabs_model: str = "eleven_flash_v2_5"
    elevenlabs_at_once: int = Field(default=4, ge=1, le=100)
    elevenlabs_url: str = "wss://api.elevenlabs.io"
    speech_url: str = ""
    speech_model: str = ""
    speech_key: str = Field(default="", repr=False)
    speech_format: Literal["wav", "pcm"] = "wav"
    speech_at_once: int = Field(default=8, ge=1, le=100)

    @field_validator(
        "base_url",
        "livekit_url",
        "livekit_public_url",
        "database_url",
        "redis_url",
        "email_url",
        "llm_url",
        "speech_url",
        "elevenlabs_url",
        "transcription_url",
        "deepgram_url",
    )
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.strip().rstrip("/")

    @model_validator(mode="after")
    def _checked(self) -> "Env":
        _scheme("BASE_URL", self.base_url, "http", "https")
        _scheme("LIVEKIT_URL", self.livekit_url, "ws", "wss", "http", "https")
        if self.livekit_public_url:
            _scheme("LIVEKIT_PUBLIC_URL", self.livekit_public_url, "ws", "wss", "http", "https")
        if self.llm_url:
            _scheme("LLM_URL", self.llm_url, "http", "https")
        if self.speech_url:
            _scheme("SPEECH_URL", self.speech_url, "http", "https")
        if self.transcription_url:
            _scheme("TRANSCRIPTION_URL", self.transcription_url, "http", "https")
        _scheme("DEEPGRAM_URL", self.deepgram_url, "wss", "ws")
        _scheme("ELEVENLABS_URL", self.elevenlabs_url, "wss", "ws")
        try:
            voices_of_json(self.speech_voices)
        except BadVoices as error:
            raise ValueError(f"SPEECH_VOICES: {error}") from None
        _scheme("DATABASE_URL", self.database_url, "sqlite", "postgres", "postgresql", shown=False)
        _scheme("REDIS_URL", self.redis_url, "redis", "rediss", "unix", shown=False)
        if self.email_url:
            _scheme("EMAIL_URL", self.email_url, *PORTS, shown=False)
        if self.secret_key == ONLY_HERE and not _is_local(self.base_url):
            raise ValueError(
                f"SECRET_KEY: is not set, and BASE_URL={self.base_url} is not this machine alone;"
                " set it to 50 random characters"
            )
        if self.livekit_api_secret == ONLY_HERE and not _is_local(self.livekit_url):
            raise ValueError(
                "LIVEKIT_API_SECRET: is not set, and LIVEKIT_URL="
                f"{self.livekit_url} is another machine; set it to that server's secret"
            )
        if len(self.livekit_api_secret) < 32:
            raise ValueError(
                "LIVEKIT_API_SECRET: is shorter than 32 characters; make a longer one and give"
                " LiveKit the same"
            )
        return self

    @property
    def hosts(self) -> list[str]:
        """Names this service answers to: people's, and this machine's, by which LiveKit calls."""
        own = urlsplit(self.base_url).hostname or ""
        more = (host.strip() for host in self.allowed_hosts.split(","))
        names = [f"[{own}]" if ":" in own else own, "127.0.0.1", "localhost", "[::1]", *more]
        return list(dict.fromkeys(filter(None, names)))

    @property
    def email_sender(self) -> str:
        return self.email_from or f"interpret@{urlsplit(self.base_url).hostname}"

    @property
    def livekit_browser_url(self) -> str:
        """Where browsers reach LiveKit."""
        return self.livekit_public_url or self.livekit_url

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")


def _scheme(variable: str, url: str, *schemes: str, shown: bool = True) -> None:
    value, example = f"={url}" if shown else "", f"{schemes[0]}://host:port"
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError as error:
        raise ValueError(f"{variable}{value}: {error}; write it like {example}") from None
    if parts.scheme not in schemes:
        beginnings = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ValueError(f"{variable}{value}: must begin with {beginnings}")
    if not parts.hostname and parts.scheme not in ("sqlite", "unix", "postgres", "postgresql"):
        raise ValueError(f"{variable}{value}: names no host; write it like {example}")


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


def _line(error: ValidationError) -> str:
    first = error.errors()[0]
    message = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return message
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        return f"{name.upper()} in .env is no setting of this service; .env.example lists them all"
    value = "" if name in _SECRETS else f"={first['input']}"
    return f"{name.upper()}{value}: {message}; see .env.example"


@cache
def env() -> Env:
    """The settings, read once. Ends the process with one line where they are wrong."""
    try:
        return Env()
    except ValidationError as error:
        raise EnvError(f"Wrong setting: {_line(error)}") from None
