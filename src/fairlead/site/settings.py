"""Every setting of the server, read from the environment; a wrong value stops the start with its name.

Each `FAIRLEAD_…` variable may instead be given as `FAIRLEAD_…_FILE`, the path of a file that holds it, and all of
them may stand in `fairlead.env` inside the data directory. `docs/settings.md` describes them; a test keeps the two
in step.
"""

import os
import sqlite3
from pathlib import Path

from environs import FileAwareEnv, validate

from fairlead.foundation.vault.keys import load_keys

KNOWN_SETTINGS = frozenset(
    "FAIRLEAD_" + name
    for name in (
        "DATA",
        "DATABASE_URL",
        "KEY_FILE",
        "HOSTS",
        "URL",
        "HTTPS",
        "MAIL_URL",
        "MAIL_FROM",
        "CHAT_HOSTS",
        "PRIVATE_HOSTS",
        "THREADS",
        "API_RATE",
        "PROXY",
        "ERASED_LOG",
        "LOG_LEVEL",
        "PAGERDUTY_SECRETS",
        "ALERTMANAGER_SECRET",
        "WEBHOOK_TEAM",
        "GITHUB_URL",
        "GITHUB_TOKEN",
        "GITLAB_URL",
        "GITLAB_TOKEN",
        "JIRA_URL",
        "JIRA_TOKEN",
        "PASSWORD",  # read by `fairlead init` and `fairlead user` alone, where there is no terminal
    )
)


class SettingError(ValueError):
    """A setting that cannot be used; the message names it and says what it takes."""


def _refuse_unknown_settings() -> None:
    for name in sorted(os.environ):
        if name.startswith("FAIRLEAD_") and not {name, name.removesuffix("_FILE")} & KNOWN_SETTINGS:
            raise SettingError(
                f"{name} is not a setting of Fairlead. docs/settings.md lists them all; "
                "unset it or correct its spelling."
            )


FAIRLEAD_DATA = Path(os.environ.get("FAIRLEAD_DATA") or "fairlead-data").absolute()
env = FileAwareEnv()
env.read_env(str(FAIRLEAD_DATA / "fairlead.env"), recurse=False)
_refuse_unknown_settings()

# --- where things are kept --------------------------------------------------------------------------------------

FAIRLEAD_KEY_FILE = Path(env.str("FAIRLEAD_KEY_FILE", str(FAIRLEAD_DATA / "keys.json")))
FAIRLEAD_ERASED_LOG = Path(env.str("FAIRLEAD_ERASED_LOG", str(FAIRLEAD_DATA / "erased.log")))
DATABASES = {
    "default": env.dj_db_url("FAIRLEAD_DATABASE_URL", f"sqlite:///{FAIRLEAD_DATA / 'fairlead.sqlite3'}")
}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Below 3.51.3 a write-ahead log can be damaged when it is reset, so the rollback journal is used there.
    _journal = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        if sqlite3.sqlite_version_info >= (3, 51, 3)
        else "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;"
    )
    _database["OPTIONS"] = {
        # DEFERRED transactions fail with "locked" when they turn from reading to writing; IMMEDIATE ones wait.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Freed pages are overwritten, so that what was erased is not left behind in the file.
        "init_command": _journal + "PRAGMA secure_delete=ON;",
    }
    _database["CONN_MAX_AGE"] = None
elif _database["ENGINE"] == "django.db.backends.postgresql":
    # What the address asks for (a socket, sslmode) stays.
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 10}}
    _database["CONN_MAX_AGE"] = 0  # the pool keeps the connections
else:
    raise SettingError("FAIRLEAD_DATABASE_URL must begin with sqlite:/// or postgresql://.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- who may reach it -------------------------------------------------------------------------------------------

SECRET_KEY = load_keys(FAIRLEAD_KEY_FILE).secret_key()
DEBUG = False
ALLOWED_HOSTS = env.list("FAIRLEAD_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
FAIRLEAD_URL = env.str(
    "FAIRLEAD_URL", "http://127.0.0.1:8000", validate=validate.URL(require_tld=False)
).rstrip("/")
FAIRLEAD_THREADS = env.int("FAIRLEAD_THREADS", 8, validate=validate.Range(min=1, max=64))
FAIRLEAD_PROXY = env.str("FAIRLEAD_PROXY", "127.0.0.1")
FAIRLEAD_API_RATE = env.int("FAIRLEAD_API_RATE", 600, validate=validate.Range(min=1))
_https = env.bool("FAIRLEAD_HTTPS", default=FAIRLEAD_URL.startswith("https://"))
CSRF_FAILURE_VIEW = "fairlead.site.views.not_allowed"
CSRF_TRUSTED_ORIGINS = [FAIRLEAD_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
SESSION_ENGINE = "fairlead.people.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _https else 0
SECURE_SSL_REDIRECT = False  # the proxy in front does this; redirecting here would hide a wrong proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# --- what other tools may deliver -------------------------------------------------------------------------------

FAIRLEAD_PAGERDUTY_SECRETS = [
    one.strip() for one in env.list("FAIRLEAD_PAGERDUTY_SECRETS", []) if one.strip()
]
FAIRLEAD_ALERTMANAGER_SECRET = env.str("FAIRLEAD_ALERTMANAGER_SECRET", "").strip()
FAIRLEAD_WEBHOOK_TEAM = env.str("FAIRLEAD_WEBHOOK_TEAM", "").strip()
_SHORTEST_SECRET = 16
for _name, _secrets in (
    ("FAIRLEAD_PAGERDUTY_SECRETS", FAIRLEAD_PAGERDUTY_SECRETS),
    ("FAIRLEAD_ALERTMANAGER_SECRET", [FAIRLEAD_ALERTMANAGER_SECRET] if FAIRLEAD_ALERTMANAGER_SECRET else []),
):
    if any(len(one) < _SHORTEST_SECRET for one in _secrets):
        raise SettingError(
            f"{_name}: a secret has {_SHORTEST_SECRET} characters at least, so that nobody guesses it."
        )

# --- which trackers are asked how an issue stands -----------------------------------------------------------------

_address = validate.URL(require_tld=False, schemes={"http", "https"})
FAIRLEAD_GITHUB_URL = env.str("FAIRLEAD_GITHUB_URL", "https://github.com", validate=_address).rstrip("/")
FAIRLEAD_GITHUB_TOKEN = env.str("FAIRLEAD_GITHUB_TOKEN", "").strip()
FAIRLEAD_GITLAB_URL = env.str("FAIRLEAD_GITLAB_URL", "https://gitlab.com", validate=_address).rstrip("/")
FAIRLEAD_GITLAB_TOKEN = env.str("FAIRLEAD_GITLAB_TOKEN", "").strip()
FAIRLEAD_JIRA_URL = env.str("FAIRLEAD_JIRA_URL", "").rstrip("/")
FAIRLEAD_JIRA_TOKEN = env.str("FAIRLEAD_JIRA_TOKEN", "").strip()
if FAIRLEAD_JIRA_TOKEN and not FAIRLEAD_JIRA_URL.startswith(("http://", "https://")):
    raise SettingError(
        "FAIRLEAD_JIRA_URL is the address of your Jira, such as https://example.atlassian.net."
    )

# --- what it is made of -----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "fairlead.site",
    "fairlead.private.talk",
    "fairlead.private.handover",
    "fairlead.private.formal",
    "fairlead.private.reminders",
    "fairlead.private.messages",
    "fairlead.private.checkins",
    "fairlead.private.recurrence",
    "fairlead.private.closure",
    "fairlead.private.promises",
    "fairlead.private.walks",
    "fairlead.private.conversations",
    "fairlead.private.cases",
    "fairlead.private.rehearsal",
    "fairlead.private.mirror",
    "fairlead.private.preparation",
    "fairlead.integrations.pagerduty",
    "fairlead.integrations.trackers",
    "fairlead.sources.intake",
    "fairlead.sources.live",
    "fairlead.sources.records",
    "fairlead.commons.messages",
    "fairlead.commons.reviews",
    "fairlead.commons.lessons",
    "fairlead.commons.proofs",
    "fairlead.commons.improvements",
    "fairlead.commons.factors",
    "fairlead.commons.timeline",
    "fairlead.commons.impact",
    "fairlead.commons.incidents",
    "fairlead.commons.debts",
    "fairlead.commons.harmless",
    "fairlead.people.programs",
    "fairlead.people",
    "fairlead.foundation.search",
    "fairlead.foundation.outbox",
    "fairlead.foundation.audit",
    "fairlead.foundation.vault",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fairlead.site.headers.PrivateHeadersMiddleware",
    "fairlead.site.trouble.TroubleMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fairlead.people.presence.PresenceMiddleware",
    "fairlead.people.presence.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "fairlead.site.urls"
WSGI_APPLICATION = "fairlead.site.wsgi.application"
TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": True,  # our own pages: `jinja2/` inside each app
        "OPTIONS": {
            "environment": "fairlead.site.pages.environment",
            "context_processors": ["fairlead.site.pages.context"],
        },
    },
    {
        "NAME": "sign-in",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,  # the few pages of the sign-in library: `templates/` inside `site`
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
STATIC_URL = "/static/"
STATIC_ROOT = FAIRLEAD_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "fairlead.site.static_files.HashedStaticFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # a form may hold a pasted log of 10 MB
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # never a temporary file
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- signing in -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "fairlead.people.sign_in.ClosedAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "fairlead.people.sign_in.SealedMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https
MFA_TOTP_ISSUER = "Fairlead"
# An operator made the account and knows whose address it is; nothing is gained by mailing it first.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- words, times, mail, logs -----------------------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
_mail = env.dj_email_url("FAIRLEAD_MAIL_URL", default="")
FAIRLEAD_MAIL_SET = _mail.get("EMAIL_BACKEND", "").endswith("smtp.EmailBackend") and bool(_mail["EMAIL_HOST"])
if not FAIRLEAD_MAIL_SET and env.str("FAIRLEAD_MAIL_URL", ""):
    raise SettingError(
        "FAIRLEAD_MAIL_URL must look like smtp://user:password@host:25, or submission:// for port 587 with TLS."
    )
# Without a mail server everything is told inside the product alone; `fairlead doctor` says so.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if FAIRLEAD_MAIL_SET else 'dummy'}.EmailBackend"
EMAIL_HOST = _mail.get("EMAIL_HOST") or ""
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(_mail.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_mail.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("FAIRLEAD_MAIL_FROM", "fairlead@localhost")
# Where reminders may be written into a chat, and whether a server inside the organisation's own network may be meant.
FAIRLEAD_CHAT_HOSTS = [host.strip().lower() for host in env.list("FAIRLEAD_CHAT_HOSTS", ["hooks.slack.com"])]
FAIRLEAD_PRIVATE_HOSTS = env.bool("FAIRLEAD_PRIVATE_HOSTS", default=False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "fairlead.site.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A refusal is an answer, not an event: its address would tell an operator that a talk is being led.
    # And that somebody waits a few milliseconds for a free thread is no event either.
    "loggers": {"django.request": {"level": "ERROR"}, "waitress.queue": {"level": "ERROR"}},
    "root": {
        "handlers": ["console"],
        "level": env.str(
            "FAIRLEAD_LOG_LEVEL",
            "WARNING",
            validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]),
        ),
    },
}
