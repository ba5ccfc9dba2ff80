"""All settings, read top to bottom from the environment. docs/settings.md describes each variable."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from qms_survey import __version__
from qms_survey.environment import (
    address,
    boolean,
    database_from_url,
    email_from_url,
    embedded_broker_url,
    kept_secret_key,
    one_of,
    positive_integer,
    web_address,
    whole_number_or_none,
    words,
)
from qms_survey.errors import sentry_start

BASE_DIR = Path(__file__).resolve().parent.parent
QMS_HOME = Path(os.environ.get("QMS_HOME") or BASE_DIR / "var").resolve()
QMS_HOME.mkdir(parents=True, exist_ok=True)

DEBUG = boolean("DEBUG", default=False)
QMS_DEMO = boolean("QMS_DEMO", default=False)
PORT = positive_integer("PORT", default=8000, largest=65535)
# Where the site listens: this machine only, unless an operator says otherwise.
BIND = address("BIND", default="127.0.0.1")
# How the outside world reaches the site: the QR code of a report leads there.
PUBLIC_URL = web_address("PUBLIC_URL", default=f"http://127.0.0.1:{PORT}")
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS", default=[])
SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret_key(QMS_HOME / "secret_key")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# Behind TLS the cookies must be Secure; on the loopback address a browser would then never send them back.
HTTPS = boolean("HTTPS", default=False)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

# --- What is installed -------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "qms_survey",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    # The upper floors first, so that their templates fill the places that the lower ones leave open.
    "reports",
    "scoring",
    "surveys",
    "firms",
    # allauth comes after our apps so that our templates win over its own.
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    # First, so that it sees what may not be kept at all: what a signed-in person sees never gets an ETag.
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "qms_survey.middleware.SecurityHeadersMiddleware",
    "qms_survey.middleware.BodyLimitMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "firms.middleware.OriginMiddleware",
    "qms_survey.observing.ObservingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "qms_survey.urls"
WSGI_APPLICATION = "qms_survey.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qms_survey.context.site",
            ],
        },
    },
]

# --- Data ----------------------------------------------------------------------------------------------------------

DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL"), QMS_HOME / "qms.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REPORTS_DIR = QMS_HOME / "reports"
# Attempts to sign in are counted in a table that all processes and hosts share; a lost broker lets nobody guess.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rate_limits",
        # A small table would throw counts away when it is full, and so let an attacker flush them.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
}
REDIS_URL = os.environ.get("REDIS_URL") or embedded_broker_url(QMS_HOME)

# Where clamd listens that scans uploads (tcp://host:port or unix:///path); empty: no scanning.
CLAMD_URL = os.environ.get("CLAMD_URL", "")

# --- People --------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "firms.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
# Where somebody goes on who has just registered a firm: straight to the assessment.
FIRM_REGISTERED_URL = "assessment-new"
ACCOUNT_LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "firms.forms.SignupForm", "login": "firms.forms.LoginForm"}
ACCOUNT_ADAPTER = "firms.adapter.AccountAdapter"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
# A verified address needs mail that really arrives; the embedded default only writes files.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if os.environ.get("EMAIL_URL") else "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION == "optional"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# An organisation's own sign-in (OpenID Connect), where its server is named.
OIDC_SERVER_URL = os.environ.get("OIDC_SERVER_URL", "")
if OIDC_SERVER_URL:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    OIDC_APP = {
        "provider_id": "organisation",
        "name": os.environ.get("OIDC_NAME", "OpenID Connect"),
        "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
        "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
        "settings": {"server_url": OIDC_SERVER_URL},
    }
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC_APP]}}
SESSION_ENGINE = "firms.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

# --- Mail ----------------------------------------------------------------------------------------------------------

vars().update(email_from_url(os.environ.get("EMAIL_URL"), QMS_HOME / "mail"))
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "QMS Survey <noreply@localhost>")

# --- Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Static files ----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = QMS_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
# The questionnaire's widgets are templates of ours.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.insert(0, "django.forms")

# --- Safety ----------------------------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
# Whoever asks after the site's health stands behind the proxy.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = boolean("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# No script reads a cookie: pages carry the token in their forms.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The largest request that any page takes: a measurement file of 10 MB with its form.
MOST_REQUEST_BYTES = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; "
    "worker-src 'self'; object-src 'none'"
)

if OIDC_SERVER_URL:
    # The sign-in form is answered by a redirect to the organisation's server, which form-action would stop.
    OIDC_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL))
    CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY.replace("form-action 'self'", f"form-action 'self' {OIDC_ORIGIN}")

# --- Background work -------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
# The row in the database is the truth; the queue only wakes a worker. A lost message is sent again by the sweeper.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
# A child that has grown beyond this (in KiB) is replaced after the task that made it grow.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500_000
# "celery" is for what somebody waits for; "batch" for work on many firms, which must never stand in its way.
CELERY_TASK_QUEUES = {name: {"routing_key": name} for name in ("celery", "batch")}
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300, "unacked_restore_throttle": 1}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(QMS_HOME / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "reports-sweep": {"task": "reports.tasks.reports_sweep", "schedule": 15.0},
    "bulk-sweep": {"task": "reports.tasks.bulk_sweep", "schedule": 20.0},
    "books-sweep": {"task": "reports.tasks.books_sweep", "schedule": 30.0},
    "standing-sweep": {"task": "reports.tasks.standing_sweep", "schedule": 30.0},
    "campaigns-sweep": {"task": "surveys.tasks.campaigns_sweep", "schedule": 20.0},
    "campaigns-remind": {"task": "surveys.tasks.campaigns_remind", "schedule": crontab(hour=8, minute=0)},
    "releases-sweep": {"task": "scoring.tasks.releases_sweep", "schedule": 15.0},
    "reports-tidy": {"task": "reports.tasks.reports_tidy", "schedule": crontab(hour=3, minute=30)},
}
# One report: interrupted after REPORT_SECONDS, its process ended 15 seconds later; the lease outlives both.
REPORT_SECONDS = 60
REPORT_LEASE_SECONDS = 90
REPORT_ATTEMPTS = 3
# The pause after the first failed attempt; each further one is four times as long.
REPORT_PAUSE_SECONDS = 15
# A message that was not heard of for so long is sent again.
REPORT_RESEND_SECONDS = 30
# What a report may take beyond what its process holds already; the system refuses more.
REPORT_MEMORY_MB = 1024
# With less room than this no report is begun.
REPORT_LEAST_FREE_BYTES = 20_000_000
# Files older than this are removed; a report is built anew when it is asked for.
REPORT_KEEP_DAYS = positive_integer("REPORT_KEEP_DAYS", default=365, largest=36500)
# The keys of saves that were taken, which answer a save that is sent again.
RECEIPT_KEEP_DAYS = 30

# A PKCS#12 file with key and certificate: every PDF is then signed.
REPORT_SIGNING_KEY = os.environ.get("REPORT_SIGNING_KEY", "")
REPORT_SIGNING_PASSWORD = os.environ.get("REPORT_SIGNING_PASSWORD", "")

# --- Releases --------------------------------------------------------------------------------------------------------

# How few firms a published share, and a published distribution, may stand for. May be raised; lower publishes nothing.
RELEASE_SHARE_THRESHOLD = whole_number_or_none("RELEASE_SHARE_THRESHOLD", default=5)
RELEASE_DISTRIBUTION_THRESHOLD = whole_number_or_none("RELEASE_DISTRIBUTION_THRESHOLD", default=10)
# What the noise on published counts is drawn with. Whoever knows it takes the noise off; a new one spoils the series.
RELEASE_SECRET = os.environ.get("RELEASE_SECRET") or kept_secret_key(QMS_HOME / "release_secret")
# Assessments that one worker counts at a time.
RELEASE_PART_FIRMS = 65_536

# --- Logs and figures for operators ----------------------------------------------------------------------------------

LOG_FORMAT = one_of("LOG_FORMAT", ("line", "json"), default="line")
LOG_LEVEL = one_of("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO" if DEBUG else "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(request_id)s %(name)s: %(message)s"},
        "json": {"()": "qms_survey.logs.JsonFormatter"},
    },
    "filters": {"mask": {"()": "firms.masking.MaskingFilter"}, "request": {"()": "qms_survey.logs.RequestFilter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["mask", "request"]}
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
# Each web process keeps its counts in a file here, and /metrics adds them up. Read by prometheus_client when imported.
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(QMS_HOME / "metrics"))
Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)
SENTRY_DSN = os.environ.get("SENTRY_DSN", "")
if SENTRY_DSN:
    sentry_start(SENTRY_DSN, __version__)

SITE_NAME = _("Quality Management Maturity Self-Assessment")
