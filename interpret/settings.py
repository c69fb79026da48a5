"""Django's settings, made from `interpret.env`."""

import re
from typing import Any

import dj_database_url
import structlog

from interpret.env import ROOT, env
from interpret.mail import mail_server

_env = env()

SECRET_KEY = _env.secret_key
DEBUG = _env.debug
ALLOWED_HOSTS = _env.hosts
BASE_URL = _env.base_url
ROOT_URLCONF = "interpret.urls"
ASGI_APPLICATION = "interpret.asgi.application"

INSTALLED_APPS = [
    "rooms",
    "interpret",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "interpret.middleware.security_headers",
    "interpret.middleware.files_without_waiting",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "interpret.middleware.refuse_nul",
    "interpret.middleware.Answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rooms.accounts.mail",
            ]
        },
    }
]

# --- What rooms needs from outside ---
PARTS_FACTORY = "interpret.wiring.parts"
LISTENERS_PER_SHARD = _env.listeners_per_shard
SHARDS_PER_CHANNEL = _env.shards_per_channel
INVITATION_HOURS = _env.invitation_hours
ALLOW_SIGN_UP = _env.allow_sign_up
DEMO_FILE = ROOT / "build" / "run" / "demo.json"


# --- Storage ---
def _database(url: str) -> dict[str, Any]:
    """A database's settings. SQLite: beside readers one writer, who waits instead of failing.
    PostgreSQL: a host that swallows packets is given up soon."""
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        path = ROOT / config["NAME"]
        path.parent.mkdir(parents=True, exist_ok=True)
        config["NAME"] = str(path)
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        config["OPTIONS"] = {"connect_timeout": 10, **config.get("OPTIONS", {})}
    return config


DATABASES = {"default": _database(_env.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _env.redis_url,
        "KEY_PREFIX": "django",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}


def channel_layers(redis_url: str) -> dict[str, dict[str, Any]]:
    """Consoles of several processes tell each other by it."""
    config = {"hosts": [redis_url], "prefix": "interpret:consoles:"}
    return {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": config}
    }


CHANNEL_LAYERS = channel_layers(_env.redis_url)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# --- Files. The frontend is built by Vite with hashed names under assets/. ---
FRONTEND_DIR = ROOT / "build" / "frontend"
STATIC_URL = "/static/"
STATICFILES_DIRS = [FRONTEND_DIR] if FRONTEND_DIR.is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG


def WHITENOISE_IMMUTABLE_FILE_TEST(path: str, url: str) -> bool:
    return re.match(r"^/static/assets/.+-[\w-]{8,}\.\w+$", url) is not None


# --- Signing in ---
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/organize"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "rooms.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Interpret: "

# Without a server nothing is sent, nor written anywhere else: a mail may hold a link that lets
# somebody in.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = _env.email_sender
if SENDS_MAIL := bool(_env.email_url):
    _mail = mail_server(_env.email_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.tls
    EMAIL_TIMEOUT = 10

# --- Safety ---
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _env.secure
SECURE_HSTS_SECONDS = 31_536_000 if _env.secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _env.secure else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
LIVEKIT_BROWSER_URL = _env.livekit_browser_url
NINJA_NUM_PROXIES = 0  # the client's address is what uvicorn says (its --proxy-headers)

# --- Words ---
LANGUAGE_CODE = "en"
LANGUAGES = [(tag, tag) for tag in ("en", "de", "es", "fr", "ar")]
"""Of Django's own pages; the others bring theirs."""

TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# --- Logging: the standard library's, rendered by structlog. Never what was said, nor by whom. ---
_before_rendering: list[Any] = [
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
_renderer: list[Any] = (
    [structlog.dev.ConsoleRenderer()]
    if DEBUG
    else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "foreign_pre_chain": _before_rendering,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderer,
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["stderr"], "level": _env.log_level},
    "loggers": {
        # Django's own handlers mail and print; the root's is enough.
        "django": {"handlers": [], "level": _env.log_level, "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
