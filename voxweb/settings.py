"""Django settings, all from environment variables through the strict readers of ``voxweb.env``."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from . import env

BASE_DIR = Path(__file__).resolve().parent.parent

# -- where things are kept -----------------------------------------------------------------------

DATA_DIR = env.path(
    "VOXWEB_DATA_DIR",
    default=BASE_DIR / "data",
    help="Folder of everything that must be kept: database, media, key.",
)
MEDIA_ROOT = env.path(
    "VOXWEB_MEDIA_DIR", default=DATA_DIR / "media", help="Folder of recordings and uploads."
)
DATA_DIR.mkdir(parents=True, exist_ok=True)


def secret_key() -> str:
    """Return the configured key, or the one generated once and kept in the data folder (mode 0600)."""
    given = env.secret(
        "VOXWEB_SECRET_KEY", default="", help="Signing key; made and kept in the data folder when unset."
    )
    kept = DATA_DIR / "secret_key"
    if given:
        return given
    if not kept.exists():
        fresh = DATA_DIR / f"secret_key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        try:
            kept.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text().strip()


SECRET_KEY = secret_key()
DEBUG = env.boolean(
    "VOXWEB_DEBUG", default=False, help="Developer pages with tracebacks; never on a public server."
)
PUBLIC_URL = env.url(
    "VOXWEB_PUBLIC_URL",
    default="",
    help="Address people type, such as https://vox.example.org; needed behind a proxy.",
)
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = env.items(
    "VOXWEB_ALLOWED_HOSTS",
    default=[_public.hostname] if _public.hostname else ["localhost", "127.0.0.1", "[::1]"],
    help="Host names this server answers to, separated by commas.",
)
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"] if PUBLIC_URL else []
_secure = _public.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0

# -- database, cache, broker ---------------------------------------------------------------------

DATABASE_URL = env.secret(
    "DATABASE_URL",
    default="",
    help="postgres://user:password@host:port/name; SQLite in the data folder when unset.",
)
REDIS_URL = env.secret(
    "REDIS_URL",
    default="",
    help="redis://host:port/0 for broker, channel layer and cache; files and memory when unset.",
)


def sqlite() -> dict[str, object]:
    """WAL with IMMEDIATE transactions: measured free of lock errors with concurrent writers."""
    pragmas = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA cache_size=-20000;PRAGMA journal_size_limit=27103364;PRAGMA temp_store=MEMORY"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "voxweb.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
    }


def postgres(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise env.EnvironmentVariableError("DATABASE_URL must begin with postgres:// or postgresql://.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        # Every request has a thread of its own: a connection that is kept would outlive it, unused.
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"connect_timeout": 10},
    }


DATABASES = {"default": postgres(DATABASE_URL) if DATABASE_URL else sqlite()}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "voxweb"},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

BROKER_DIR = DATA_DIR / "broker"
WORKER_SLOTS = env.integer(
    "VOXWEB_WORKER_SLOTS", default=2, low=1, high=64, help="Tasks one worker runs at a time."
)
LEASE_SECONDS = env.integer(
    "VOXWEB_LEASE_SECONDS",
    default=60,
    low=5,
    high=3600,
    help="After how long a silent worker's job is given to another.",
)
REAP_SECONDS = env.integer(
    "VOXWEB_REAP_SECONDS",
    default=5,
    low=1,
    high=600,
    help="How often due, queued and abandoned jobs are looked for.",
)
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str | int | float | bool]
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "unacked_restore_interval": 15,
        "unacked_restore_throttle": 1,
        "socket_keepalive": True,
        "health_check_interval": 30,
    }
else:
    for folder in (BROKER_DIR, BROKER_DIR / "control"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR),
        "data_folder_out": str(BROKER_DIR),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "voxweb"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "ring-due-jobs": {
        "task": "transcripts.tasks.ring_due_jobs",
        "schedule": float(REAP_SECONDS),
        "options": {"expires": REAP_SECONDS},
    },
    "end-takes": {"task": "transcripts.tasks.end_takes", "schedule": 30.0, "options": {"expires": 30}},
    "clean-up": {"task": "transcripts.tasks.clean_up", "schedule": 3600.0},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# -- speech --------------------------------------------------------------------------------------

MISTRAL_API_KEY = env.secret(
    "MISTRAL_API_KEY",
    default="",
    help="Key of the hosted Voxtral API; the embedded engine does the work when unset.",
)
ENGINE_URL = env.url(
    "VOXWEB_ENGINE_URL",
    default="http://127.0.0.1:8765",
    help="Where the embedded engine listens or is reached.",
)
ENGINE_PROCESSES = env.integer(
    "VOXWEB_ENGINE_PROCESSES", default=2, low=1, high=64, help="Recogniser processes of the embedded engine."
)
SPEECH_URL = env.url(
    "VOXWEB_SPEECH_URL",
    default="https://api.mistral.ai" if MISTRAL_API_KEY else ENGINE_URL,
    help="Base address of the speech API; the hosted one with a key, else the embedded engine.",
)
SPEECH_MODEL = env.text(
    "VOXWEB_SPEECH_MODEL",
    default="voxtral-mini-transcribe-3" if MISTRAL_API_KEY else "voxweb-engine",
    help="Model that is chosen unless a person picks another.",
)
LIVE_MODEL = env.text(
    "VOXWEB_LIVE_MODEL",
    default="voxtral-mini-transcribe-realtime-3" if MISTRAL_API_KEY else "voxweb-engine",
    help="Model of live captions unless a person picks another.",
)
TAKE_IDLE_MINUTES = env.integer(
    "VOXWEB_TAKE_IDLE_MINUTES",
    default=30,
    low=1,
    high=10_080,
    help="After how long without its recorder a recording is finished by itself; it can still be continued.",
)
MAX_TAKES = env.integer(
    "VOXWEB_MAX_TAKES", default=300, low=1, high=10_000, help="Recordings one web process holds at a time."
)
SPEECH_TIMEOUT_SECONDS = env.integer(
    "VOXWEB_SPEECH_TIMEOUT_SECONDS",
    default=900,
    low=5,
    high=14_400,
    help="Longest wait for the next byte of an answer.",
)
CHUNK_SECONDS = env.integer(
    "VOXWEB_CHUNK_SECONDS",
    default=0,
    low=0,
    high=7200,
    help="Length that long recordings are split into (20 or more); 0 takes what suits the model.",
)
USES_ENGINE = SPEECH_URL.rstrip("/") == ENGINE_URL.rstrip("/")

# -- limits --------------------------------------------------------------------------------------

MAX_BODY_BYTES = env.size_bytes(
    "VOXWEB_MAX_BODY", default=16 * 1024**2, help="Largest request body; files go up in pieces."
)
MAX_UPLOAD_BYTES = env.size_bytes(
    "VOXWEB_MAX_UPLOAD", default=8 * 1024**3, help="Largest file a person may upload or have fetched."
)
MAX_AUDIO_HOURS = env.integer(
    "VOXWEB_MAX_AUDIO_HOURS", default=24, low=1, high=200, help="Longest recording accepted."
)
ALLOW_PRIVATE_URLS = env.boolean(
    "VOXWEB_ALLOW_PRIVATE_URLS",
    default=False,
    help="Whether recordings may be fetched from addresses in private networks, this machine included.",
)
UPLOAD_DAYS = env.integer(
    "VOXWEB_UPLOAD_DAYS", default=7, low=1, high=365, help="Days an unfinished upload is kept."
)
TRASH_DAYS = env.integer(
    "VOXWEB_TRASH_DAYS", default=30, low=1, high=3650, help="Days before trash is deleted for good."
)
MEDIA_ACCEL_PREFIX = env.text(
    "VOXWEB_MEDIA_ACCEL",
    default="",
    help="Internal nginx location (X-Accel-Redirect) that serves the media folder.",
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

# -- Django --------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "transcripts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "channels",
    "ninja",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "transcripts.views.security.ContentSecurityPolicy",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "transcripts.views.first_visit.FirstVisit",
]
ROOT_URLCONF = "voxweb.urls"
ASGI_APPLICATION = "voxweb.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "transcripts.views.context.site",
            ]
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text(
    "VOXWEB_TIME_ZONE", default="UTC", help="Time zone of dates on pages, such as Europe/Paris."
)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

# -- accounts ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "transcripts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SIGNUP_OPEN = (
    env.choice(
        "VOXWEB_SIGNUP",
        options=["open", "closed"],
        default="closed",
        help="Whether strangers may create an account.",
    )
    == "open"
)
ACCOUNT_ADAPTER = "transcripts.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
EMAIL_URL = env.secret(
    "VOXWEB_EMAIL_URL",
    default="",
    help="smtp://user:password@host:port (smtps:// for TLS); printed to the console when unset.",
)
DEFAULT_FROM_EMAIL = env.text("VOXWEB_EMAIL_FROM", default="voxweb@localhost", help="Sender of e-mail.")
if EMAIL_URL:
    _mail = urlsplit(EMAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# -- logging -------------------------------------------------------------------------------------

LOG_LEVEL = env.choice(
    "VOXWEB_LOG_LEVEL",
    options=["DEBUG", "INFO", "WARNING", "ERROR"],
    default="INFO",
    help="How much is logged.",
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "kombu": {"level": "ERROR"},
        "celery": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}
