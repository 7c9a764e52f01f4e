# One image for every process of the scaled mode; docker-compose.yml says which command runs where.

FROM node:20-slim AS pages
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY static/src static/src
RUN npm run --silent build

FROM python:3.11-slim-bookworm AS packages
COPY requirements/base.txt /requirements.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r /requirements.txt

FROM python:3.11-slim-bookworm
# OMP_NUM_THREADS: with its usual thread per core numpy makes the speaker recognition five times slower.
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 \
    VOXWEB_DATA_DIR=/data
RUN groupadd --gid 10001 voxweb \
    && useradd --uid 10001 --gid voxweb --home-dir /data --no-create-home --shell /usr/sbin/nologin voxweb \
    && install -d -m 0750 -o voxweb -g voxweb /data /data/media
WORKDIR /app
COPY --from=packages /venv /venv
COPY manage.py CHANGELOG.md ./
COPY voxweb voxweb
COPY transcripts transcripts
COPY templates templates
COPY --from=pages /build/static/dist static/dist
RUN VOXWEB_DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-m", "voxweb.readiness", "http://127.0.0.1:8000/healthz"]
CMD ["python", "-m", "voxweb.server", "--host", "0.0.0.0", "--port", "8000", "voxweb.asgi:application"]
