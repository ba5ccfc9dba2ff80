"""The OpenAPI document, put right where the framework would say less than the truth."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from reports.api.problems import CONTENT_TYPE

PROBLEM = "#/components/schemas/Problem"


class DocumentedAPI(NinjaAPI):
    """Says of every refusal that it is application/problem+json."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        for operations in document["paths"].values():
            for operation in operations.values():
                for answer in operation["responses"].values():
                    as_problem(answer)
        return document


def as_problem(answer: dict[str, Any]) -> None:
    """Renames the media type of an answer that is a problem."""
    content = answer.get("content", {})
    told = content.get("application/json")
    if told and told.get("schema", {}).get("$ref") == PROBLEM:
        answer["content"] = {CONTENT_TYPE: told}
