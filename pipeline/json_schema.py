"""JSON Schema (draft 2020-12) of every record, generated from the models that are the contract."""

from __future__ import annotations

from typing import Any

import schemas
from schemas import Record, Value

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def record_schemas() -> dict[str, dict[str, Any]]:
    """The schema of each public model of `schemas`, by its name."""
    models = (getattr(schemas, name) for name in schemas.__all__)
    return {
        model.__name__: {"$schema": DRAFT, **model.model_json_schema(mode="serialization")}
        for model in models
        if isinstance(model, type) and issubclass(model, Value) and model not in (Value, Record)
    }
