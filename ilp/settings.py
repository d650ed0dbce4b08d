"""All settings, in one file, from the environment. Secrets may also come from files (NAME_FILE)."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

# numpy adds whole numbers here; threads and their memory, which it takes for matrices, are spared.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def env(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points to."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def env_bool(name: str, *, default: bool) -> bool:
    return env(name, str(default)).lower() in {"1", "true", "yes"}


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def database(url: str) -> dict[str, object]:
    """Django's settings of `postgresql://user:password@host:port/name?host=/socket/folder`."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.get("host", [""])[0],
        "PORT": str(parts.port or ""),
    }


PRODUCTION = env("ILP_MODE", "production") == "production"
DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY")
NIK_KEY = env("NIK_KEY")  # encrypts NIK and uploaded files, and keys the blind index
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,testserver")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
DATABASE_URL = env("DATABASE_URL")
REDIS_URL = env("REDIS_URL")
DEMO = env_bool("ILP_DEMO", default=False)  # shows the DATA CONTOH strip

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off in production.")
    if "*" in ALLOWED_HOSTS or not ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name this server's hosts, without '*'.")
    for required in ("SECRET_KEY", "NIK_KEY", "DATABASE_URL", "REDIS_URL"):
        if not globals()[required]:
            raise ImproperlyConfigured(f"{required} is not set. See .env.example.")
    for secret in ("SECRET_KEY", "NIK_KEY"):
        if len(globals()[secret]) < 32:
            raise ImproperlyConfigured(f"{secret} must have at least 32 characters.")
SECRET_KEY = SECRET_KEY or "not-a-secret-outside-production-000000"
NIK_KEY = NIK_KEY or "not-a-key-outside-production-00000000"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "import_export",
    "rest_framework",
    "drf_spectacular",
    "pgtrigger",
    "pghistory",
    "ilp.core",
    "facilities",
    "clusters",
    "reporting",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ilp.core.http.ContentSecurityPolicy",
    "ilp.core.languages.Language",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "ilp.core.http.NoNulls",
    "reporting.views.shortcut.KeptPages",  # whatever every answer needs stands above it
    "reporting.views.form_versions.FormsInUse",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "facilities.views.login.SignedIn",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "facilities.views.login.PasswordChangeRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")  # GET changes nothing
ROOT_URLCONF = "ilp.urls"
WSGI_APPLICATION = "ilp.wsgi.application"
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {  # product pages
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "ilp.jinja.environment",
            "context_processors": [*CONTEXT_PROCESSORS, "ilp.jinja.frame", "ilp.navigation.menu"],
        },
    },
    {  # admin and third-party pages
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]

DATABASES = {"default": database(DATABASE_URL or "postgresql:///ilp")}
if env_bool("ILP_DB_POOL", default=False):  # web processes only, never prefork
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 6}}
if env("ILP_TEST_DB"):  # parallel test runs on one server
    DATABASES["default"]["TEST"] = {"NAME": env("ILP_TEST_DB")}
REDIS_CACHE_URL = REDIS_URL.replace("redis+socket://", "unix://").split("?")[0]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"{REDIS_CACHE_URL}?db=2",
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

AUTH_USER_MODEL = "core.User"
LOGIN_URL = "facilities:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "facilities:login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Reminders by e-mail are sent only where a mail server is named.
EMAIL_HOST = env("EMAIL_HOST")
EMAIL_PORT = int(env("EMAIL_PORT", "587"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL = env_bool("EMAIL_USE_SSL", default=False)
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 20  # seconds; who waits longer is tried again later
DEFAULT_FROM_EMAIL = env("EMAIL_FROM")
SITE_URL = env("SITE_URL")  # where links in letters lead
if EMAIL_HOST and not (DEFAULT_FROM_EMAIL and SITE_URL):
    raise ImproperlyConfigured("EMAIL_HOST needs EMAIL_FROM and SITE_URL. See .env.example.")

SESSION_COOKIE_AGE = 30 * 24 * 3600
HTTPS = env_bool("ILP_HTTPS", default=PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS and env_bool("ILP_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bahasa"  # set by the switch; nothing else decides (ADR 38)
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = True, "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "ilp.written"  # days and numbers are typed alike in both languages
TIME_ZONE = env("TIME_ZONE", "Asia/Jakarta")
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = Path(env("MEDIA_ROOT", str(BASE_DIR / ".data" / "media")))
UPLOAD_MAX_BYTES = int(env("UPLOAD_MAX_BYTES", str(20 * 1024 * 1024)))
UPLOAD_MAX_ROWS = int(env("UPLOAD_MAX_ROWS", "120000"))
# For how many days an upload may be taken back, and put back again; how long originals are kept.
UPLOAD_UNDO_DAYS = int(env("UPLOAD_UNDO_DAYS", "7"))
UPLOAD_REDO_DAYS = int(env("UPLOAD_REDO_DAYS", "30"))
UPLOAD_KEEP_DAYS = int(env("UPLOAD_KEEP_DAYS", "365"))
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "clusters.tasks.*": {"queue": "ingest"},
    "reporting.tasks.roll_up": {"queue": "rollup"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_throttle": 1,  # a killed worker's task comes back soon
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "roll-up": {"task": "reporting.tasks.roll_up", "schedule": 30.0},
    "resume-uploads": {"task": "clusters.tasks.resume_uploads", "schedule": 60.0},
    "forget-pieces": {"task": "clusters.tasks.forget_pieces", "schedule": 3600.0},
    "delete-files": {"task": "clusters.tasks.delete_old_files", "schedule": crontab(minute=15)},
}
if EMAIL_HOST:
    CELERY_BEAT_SCHEDULE |= {
        # In the morning; the hours after it make up for a server that was off.
        "remind": {"task": "reporting.tasks.remind", "schedule": crontab(minute=30, hour="6-16")},
        "send-reminders": {"task": "reporting.tasks.send_waiting_reminders", "schedule": 300.0},
    }
CELERY_BEAT_SCHEDULE_FILENAME = env("CELERY_BEAT_FILE", str(BASE_DIR / "celerybeat-schedule"))

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": env("API_RATE", "600/min")},
}
SPECTACULAR_SETTINGS = {"TITLE": "ILP", "VERSION": "1"}
IMPORT_EXPORT_USE_TRANSACTIONS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
