from typing import Any

import pytest

from houston.web.api import ENDPOINTS, PREFIX
from houston.web.openapi import document
from tests.web.conftest import Api


def operation(method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = document()["paths"][PREFIX + path][method]
    return found


async def test_the_description_is_public_and_names_every_endpoint(api: Api) -> None:
    reply = await api.ask("GET", f"{PREFIX}/openapi.json", key=None)
    assert reply.status == 200
    described = {(method.upper(), path) for path, found in reply.json["paths"].items() for method in found}
    assert described == {(each.method, PREFIX + each.path) for each in ENDPOINTS}


@pytest.mark.parametrize(
    ("method", "path", "statuses"),
    [
        ("get", "/clients", "200 401 422 429 500 503"),
        ("post", "/clients", "201 400 401 403 404 409 413 422 429 500 503"),
        ("patch", "/rules/{id}", "200 400 401 404 409 413 422 429 500 503"),
        ("post", "/data-sources/{id}/test", "200 400 401 404 409 422 429 500 502 503"),
        ("delete", "/api-keys/{id}", "204 401 403 404 409 422 429 500 503"),
    ],
)
def test_each_operation_names_every_status_that_it_can_answer(method: str, path: str, statuses: str) -> None:
    responses = operation(method, path)["responses"]
    assert list(responses) == statuses.split()
    for status, response in responses.items():
        if status >= "400":
            assert list(response["content"]) == ["application/problem+json"]
    assert "Retry-After" in responses["429"]["headers"]


def test_the_parts_of_paths_say_what_they_look_like() -> None:
    parameters = operation("patch", "/members/{workspace}/{user}")["parameters"]
    assert [(each["name"], each["schema"]["pattern"]) for each in parameters] == [
        ("workspace", "^[A-Z0-9]{1,40}$"),
        ("user", "^[A-Z0-9]{1,40}$"),
    ]


@pytest.mark.parametrize("path", ["/clients/%00", "/clients/a%0A", "/workspaces/t%201", "/members/T1/%F0%9F"])
async def test_a_path_that_can_name_nothing_is_not_found(api: Api, path: str) -> None:
    body = {"timezone": "UTC"} if "work" in path else {"name": "x"}
    reply = await api.ask("PATCH", f"{PREFIX}{path}", json=body)
    assert reply.status == 404
