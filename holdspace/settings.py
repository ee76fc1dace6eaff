"""Every setting of the house, read from the environment; a clone runs with none set. See docs/settings.md."""

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from environs import FileAwareEnv

from . import sqlite
from .keys import find_keys, other_house_keys

env = FileAwareEnv(strip_whitespace=True)
sqlite.swap_driver()

ROOT = Path(__file__).resolve().parent.parent
HOME = env.path("HOLDSPACE_HOME", ROOT / "var")
STORE = HOME / "data"
STORE.mkdir(mode=0o700, parents=True, exist_ok=True)
KEYS = env.path("HOLDSPACE_KEYS", HOME / "keys")
HOUSE_KEY, SECRET_KEY = find_keys(KEYS, store=STORE)
OTHER_HOUSE_KEYS = partial(other_house_keys, KEYS)
"""Read anew when asked: the house key can be changed while the house runs."""

DEBUG = env.bool("HOLDSPACE_DEBUG", False)
ADDRESS = env.str("HOLDSPACE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
HTTPS = ADDRESS.startswith("https://")
ALLOWED_HOSTS = env.list("HOLDSPACE_HOSTS", [urlsplit(ADDRESS).hostname or "", "localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [ADDRESS]
BIND = env.str("HOLDSPACE_BIND", f"127.0.0.1:{(not HTTPS and urlsplit(ADDRESS).port) or 8000}")
"""Where the web server listens, host:port; a proxy in front of it speaks TLS."""
WEB_PROCESSES = env.int("HOLDSPACE_WEB_PROCESSES", 1)
WEB_THREADS = env.int("HOLDSPACE_WEB_THREADS", 4)

# Rooms stand in a row: a room imports only from rooms to its left. Tests hold the house to it.
ROOMS = [
    "listening",
    "shell",
    "vault",
    "people",
    "letters",
    "engagements",
    "conversations",
    "threads",
    "growth",
    "desk",
    "privacy",
]

FOLLOWERS = ["holdspace.growth.from_mark.Found", "holdspace.growth.raise_from.Voiced"]
"""Who makes something of what was found in a transcript, and lets it go with it: conversations/following.py."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    *(f"holdspace.{room}" for room in ROOMS if room != "listening"),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "holdspace.shell.headers.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "holdspace.shell.single.OneValueEach",
    "holdspace.people.clock.OwnTime",
    "holdspace.people.entry.FactorFirst",
]
ROOT_URLCONF = "holdspace.urls"
WSGI_APPLICATION = "holdspace.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "holdspace.people.door.doors",
            ],
            "builtins": ["holdspace.shell.templatetags.shell"],
        },
    }
]
FORM_RENDERER = "holdspace.shell.fields.HouseForms"

# SQLite by default, with cache, sessions and limits in a second file; DATABASE_URL moves the house to PostgreSQL.
if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"timeout": 10}
    # planning is most of what a small question costs: what is asked again is prepared
    DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 3}
else:
    DATABASES = {
        "default": sqlite.describe(STORE / "house.sqlite3", durable=True),
        "side": sqlite.describe(STORE / "side.sqlite3", durable=False),
    }
LEDGER = env.path("HOLDSPACE_LEDGER", HOME / "erased.ledger")
"""Bare ids of what was erased, outside the database and its backups, so that restoring one cannot bring it back."""
DATABASE_ROUTERS = ["holdspace.sqlite.router.SideTables"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["holdspace.people.hashing.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_ADAPTER = "holdspace.people.door.Door"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "holdspace.people.reset.ResetLinks"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
MFA_ADAPTER = "holdspace.people.factors.Factors"
MFA_FORMS = {
    "authenticate": "holdspace.people.forms.FactorForm",
    "reauthenticate": "holdspace.people.forms.FactorAgainForm",
    "activate_totp": "holdspace.people.forms.AppForm",
    "add_webauthn": "holdspace.people.forms.PasskeyForm",
    "edit_webauthn": "holdspace.people.forms.RenameForm",
    "authenticate_webauthn": "holdspace.people.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "holdspace.people.forms.PasskeyAgainForm",
    "login_webauthn": "holdspace.people.forms.PasskeyAloneForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up by themselves, so nobody squats on another's address
MFA_TOTP_ISSUER = "Holdspace"
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "holdspace.people.provider.CompanyDoor"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form's answer may not lead to another house; a link may
SOCIALACCOUNT_PROVIDERS = {}
if COMPANY := env.str("HOLDSPACE_OIDC_ISSUER", "").rstrip("/"):
    SOCIALACCOUNT_PROVIDERS["company"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APP": {
            "provider_id": "company",
            "name": env.str("HOLDSPACE_OIDC_NAME", urlsplit(COMPANY).hostname),
            "client_id": env.str("HOLDSPACE_OIDC_CLIENT"),
            "secret": env.str("HOLDSPACE_OIDC_SECRET"),
            "settings": {"server_url": COMPANY, "domains": env.list("HOLDSPACE_OIDC_DOMAINS")},
        },
    }
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.bool("HOLDSPACE_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W002"]  # frames are refused by the shell's own headers

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STORE / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "holdspace.shell.static.HashedNames"
    },
}
SEVERAL_VALUES = {"channels", "kinds", "goals"}
"""Fields that take more than one value; any other that comes twice is refused."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
TRANSCRIPT_LIMIT = env.int("HOLDSPACE_TRANSCRIPT_LIMIT", 20_000_000)
"""Largest transcript taken in through the web, in bytes."""
# In memory or not at all: a file of somebody's words in a temporary folder would outlive a server that is killed.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = max(TRANSCRIPT_LIMIT, 26_000_000)  # a transcript, or five files with a message

vars().update(env.dj_email_url("EMAIL_URL", "console://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("HOLDSPACE_FROM", "Holdspace <holdspace@localhost>")
REPLY_DOMAIN = env.str("HOLDSPACE_REPLY_DOMAIN", "").lower()
"""Where answers by mail and word of what could not be delivered are addressed to; empty while nobody takes them in."""
RECEIVE = env.str("HOLDSPACE_RECEIVE", "")
"""Where `holdspace receive` listens for them: lmtp://127.0.0.1:8024 or smtp://…, on this machine alone."""
REPLY_JUDGE = env.str("HOLDSPACE_REPLY_JUDGE", "").lower()
"""The mail server whose Authentication-Results are believed when they say that a mail is forged."""

LOGGING_CONFIG = None
"""The house sets its own logging in crash.py: no posted, decrypted or local value ever reaches a log."""
DEFAULT_EXCEPTION_REPORTER_FILTER = "holdspace.crash.Wordless"
