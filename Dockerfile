# One image for web, workers, beat and migrations. Build: docker compose build
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    MEDIA_ROOT=/srv/media CELERY_BEAT_FILE=/srv/beat/schedule
RUN useradd --system --uid 10001 --create-home ilp \
    && install -d -o ilp -g ilp -m 700 /srv/media /srv/beat
WORKDIR /srv/ilp
COPY --from=build /opt/venv /opt/venv
COPY manage.py ./
COPY ilp ilp
COPY facilities facilities
COPY clusters clusters
COPY reporting reporting
COPY templates templates
COPY static static
COPY CHANGELOG.md ./
COPY locale locale
RUN pybabel --quiet compile --directory locale --domain django
# collectstatic reads the production settings; these values end with this line
RUN SECRET_KEY=only-while-collecting-static-files-0000 NIK_KEY=only-while-collecting-static-files-0000 \
    ALLOWED_HOSTS=localhost DATABASE_URL=postgresql://none/none REDIS_URL=redis://none/0 \
    python manage.py collectstatic --noinput
USER ilp
EXPOSE 8000
# asks as the proxy does: with our own host name, over https
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].strip(' .'), 'X-Forwarded-Proto': 'https'}), timeout=5)"]
CMD ["gunicorn", "ilp.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--threads", "4", "--max-requests", "5000", "--max-requests-jitter", "500", "--access-logfile", "-"]
