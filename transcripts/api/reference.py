"""The page /api/v1/docs: a plain reference made from the OpenAPI description, without any script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


class Reference(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        described = api.get_openapi_schema()
        context = {
            "info": described["info"],
            "address": self.get_openapi_url(api, kwargs),
            "groups": group_operations(described),
            "shapes": describe_shapes(described),
        }
        return render(request, "api/reference.html", context)


def group_operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    """Return operations grouped by tag, in the order of the description."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["other"])[0]
            groups.setdefault(tag, []).append(describe_operation(method, path, operation))
    return [{"name": name, "operations": operations} for name, operations in groups.items()]


def describe_operation(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation.get("description") or operation.get("summary", ""),
        "parameters": [describe_parameter(parameter) for parameter in operation.get("parameters", [])],
        "bodies": [describe_body(kind, content["schema"]) for kind, content in body.items()],
        "answers": [describe_answer(status, answer) for status, answer in operation["responses"].items()],
    }


def describe_parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter.get("schema", {})
    return {
        "name": parameter["name"],
        "place": parameter["in"],
        "required": parameter.get("required", False),
        "shape": shape_of(schema),
        "description": schema.get("description", ""),
    }


def describe_body(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    fields = [describe_field(key, field, schema) for key, field in fields_of(schema)]
    return {"type": kind, "shape": shape_of(schema), "fields": fields}


def describe_answer(status: Any, answer: dict[str, Any]) -> dict[str, Any]:
    content = answer.get("content", {}).get("application/json", {})
    return {"status": status, "shape": shape_of(content["schema"]) if content else ""}


def describe_shapes(described: dict[str, Any]) -> list[dict[str, Any]]:
    shapes = described.get("components", {}).get("schemas", {})
    return [
        {"name": name, "fields": [describe_field(key, field, shape) for key, field in fields_of(shape)]}
        for name, shape in sorted(shapes.items())
    ]


def fields_of(shape: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(shape.get("properties", {}).items())


def describe_field(key: str, field: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": key,
        "shape": shape_of(field),
        "required": key in shape.get("required", []),
        "description": field.get("description", ""),
    }


def shape_of(schema: dict[str, Any]) -> str:
    """Return a JSON schema in one short line, such as "list of Word" or "text or null"."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for several, joined in (("anyOf", " or "), ("oneOf", " or "), ("allOf", " and ")):
        if several in schema:
            return joined.join(shape_of(option) for option in schema[several])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {shape_of(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("const") or schema.get("type") or "anything")
