"""Django's settings: what the environment says, and what never varies."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from carestead.store.environment import Environment, database_settings, secret_key

ENVIRONMENT = Environment.read(os.environ)
AREA = ENVIRONMENT.area
DEMO = ENVIRONMENT.demo
MESSAGES = ENVIRONMENT.messages
FIND_PEOPLE = "carestead.api.known.finder"  # looked up when it is used: the store knows nothing above it
HOOKS_ON_LOOPBACK = ENVIRONMENT.hooks_on_loopback

DEBUG = False
SECRET_KEY = secret_key(AREA)
ALLOWED_HOSTS = ENVIRONMENT.hosts
DATABASES = {"default": database_settings(ENVIRONMENT.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "carestead.store.accounts",
    "carestead.store.audit",
    "carestead.store.find",
    "carestead.store.assign",
    "carestead.store.care",
    "carestead.store.commission",
    "carestead.store.jobs",
    "carestead.web",
]
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "carestead.web.middleware.no_store",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "carestead.web.middleware.idle_sign_out",
    "django.contrib.messages.middleware.MessageMiddleware",
    "carestead.web.middleware.plain_words",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "carestead.web.urls"
WSGI_APPLICATION = "carestead.web.wsgi.application"

_WEB = Path(__file__).parents[1] / "web"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_WEB],
        "OPTIONS": {
            "environment": "carestead.web.shell.templating.environment",
            "context_processors": ["carestead.web.shell.context.page"],
        },
    }
]

STATIC_URL = "/static/"
STATICFILES_DIRS = [_WEB / "static"]
# Files are served from where they lie: nothing has to be collected first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_AGE = 10 * 60 * 60
IDLE_SECONDS = 15 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_NAME = "__Host-carestead" if ENVIRONMENT.https else "carestead"
CSRF_COOKIE_NAME = "__Host-carestead-form" if ENVIRONMENT.https else "carestead-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "carestead.web.shell.errors.form_expired"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
