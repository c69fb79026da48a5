"""Settings: typed, checked, and a wrong one named in one line."""

import re
from pathlib import Path

import pytest

from interpret.env import ROOT, Env, EnvError, env
from interpret.mail import MailServer, mail_server

Given = dict[str, str]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> object:
    """Reads the settings from these variables (or from these lines of a `.env`) alone."""

    def reader(given: Given | None = None, file: str = "") -> Env:
        for name in Env.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
        for name, value in (given or {}).items():
            monkeypatch.setenv(name, value)
        dotenv = tmp_path / ".env"
        dotenv.write_text(file)
        monkeypatch.setitem(Env.model_config, "env_file", dotenv)
        env.cache_clear()
        try:
            return env()
        finally:
            env.cache_clear()

    return reader


def test_nothing_needs_to_be_set_on_ones_own_machine(read) -> None:  # type: ignore[no-untyped-def]
    settings = read()
    assert settings.hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert settings.livekit_browser_url == settings.livekit_url
    assert not settings.secure


def test_the_environment_wins_over_the_file(read) -> None:  # type: ignore[no-untyped-def]
    settings = read({"LEASE_TTL_S": "3"}, "LEASE_TTL_S=2\nLISTENERS_PER_SHARD=7\n")
    assert (settings.lease_ttl_s, settings.listeners_per_shard) == (3.0, 7)


def test_a_public_address_is_secure_and_answers_to_its_name(read) -> None:  # type: ignore[no-untyped-def]
    settings = read({"BASE_URL": "https://talks.example.org/", "SECRET_KEY": "x" * 50})
    assert settings.secure
    assert settings.base_url == "https://talks.example.org"
    assert settings.hosts == ["talks.example.org", "127.0.0.1", "localhost", "[::1]"]


def test_further_names_come_beside_the_services_own(read) -> None:  # type: ignore[no-untyped-def]
    """LiveKit's webhook comes by this machine's name, Docker's parts come by `web`."""
    settings = read({"BASE_URL": "http://[2001:db8::7]:8000", "SECRET_KEY": "x" * 50,
                     "ALLOWED_HOSTS": "web, talks.example.org,"})  # fmt: skip
    assert settings.hosts == [
        "[2001:db8::7]", "127.0.0.1", "localhost", "[::1]", "web", "talks.example.org",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"LISTENERS_PER_SHARD": "many"}, ["LISTENERS_PER_SHARD=many", "integer"]),
        ({"LEASE_TTL_S": "0"}, ["LEASE_TTL_S=0", "greater than or equal to 0.5"]),
        ({"LOG_LEVEL": "LOUD"}, ["LOG_LEVEL=LOUD", "'INFO'"]),
        ({"BASE_URL": "talks.example.org"}, ["BASE_URL=talks.example.org", "http://"]),
        ({"BASE_URL": "http://"}, ["BASE_URL", "no host"]),
        ({"BASE_URL": "http://x:port"}, ["BASE_URL=http://x:port", "http://host:port"]),
        ({"BASE_URL": "https://talks.example.org"}, ["SECRET_KEY", "50 random characters"]),
        ({"REDIS_URL": "http://x"}, ["REDIS_URL", "redis://"]),
        ({"DATABASE_URL": "mysql://u:hidden@x/y"}, ["DATABASE_URL", "postgres://"]),
        ({"LIVEKIT_URL": "wss://livekit.example.org"}, ["LIVEKIT_API_SECRET", "another machine"]),
        ({"EMAIL_URL": "mail.example.org"}, ["EMAIL_URL", "smtp://"]),
        ({"EMAIL_URL": "imap://u:hidden@x"}, ["EMAIL_URL", "smtps://", "smtp+plain://"]),
        ({"SPEECH_VOICES": '{"piper": {"xx": "v"}}'}, ["SPEECH_VOICES", "“xx”"]),
        ({"SPEECH_URL": "127.0.0.1:8000"}, ["SPEECH_URL", "http://"]),
        ({"LIVEKIT_API_SECRET": "hidden"}, ["LIVEKIT_API_SECRET", "32 characters"]),
    ],
    ids=lambda value: "".join(value) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_is_one_line_with_the_remedy(read, given: Given, words: list[str]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(EnvError) as error:
        read(given)
    line = str(error.value)
    assert all(word in line for word in words), line
    assert "\n" not in line
    assert "hidden" not in line


def test_an_unknown_line_in_the_file_is_named(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(EnvError, match=r"LIVEKIT_ULR in .env is no setting of this service"):
        read(file="LIVEKIT_ULR=ws://127.0.0.1:7880\n")


def test_every_setting_is_documented_with_its_default() -> None:
    text = (ROOT / ".env.example").read_text()
    documented = dict(re.findall(r"^# ([A-Z_]+)=(.*)$", text, re.MULTILINE))
    defaults = {}
    for name, field in Env.model_fields.items():
        default = str(field.default).lower() if field.annotation is bool else str(field.default)
        defaults[name.upper()] = "" if name in ("secret_key", "livekit_api_secret") else default
    assert documented == defaults


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (
            "smtp://us%40er:a%2Fb@mail.example.org",
            MailServer("mail.example.org", 587, "us@er", "a/b", True, False),
        ),
        (
            "smtps://mail.example.org:4650",
            MailServer("mail.example.org", 4650, "", "", False, True),
        ),
        ("smtp+plain://localhost", MailServer("localhost", 25, "", "", False, False)),
    ],
)
def test_a_mail_server_is_named_by_one_address(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


def test_mail_comes_from_the_services_name_or_as_said(read) -> None:  # type: ignore[no-untyped-def]
    public = {"BASE_URL": "https://talks.example.org", "SECRET_KEY": "x" * 50}
    assert read(public).email_sender == "interpret@talks.example.org"
    assert read(public | {"EMAIL_FROM": "desk@example.org"}).email_sender == "desk@example.org"
