"""RO-Crate metadata of a package: what it is, who made it, under which licence, and each of its files.

    {"@id": "tasks.csv", "@type": "File", "description": "One directive to do something.", "sha256": "…", …}

The software that read the texts is the instrument of a `CreateAction`, as the RO-Crate specification wants provenance.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rocrate.model.contextentity import ContextEntity
from rocrate.model.person import Person
from rocrate.rocrate import ROCrate

from pipeline.export.digests import digest
from pipeline.export.options import Options

DESCRIPTION = (
    "Tasks, deadlines, targets, budgets and citations of Vietnamese administrative documents, read by a machine from"
    " their texts; every row leads back to its place in the text."
)
NO_LICENSE = "No licence is stated; ask the publisher before reuse."
SHA256 = "https://schema.org/sha256"


def crate_metadata(files: Iterable[tuple[Path, str, str]], options: Options, *, published: date) -> dict[str, Any]:
    """The JSON-LD of a crate with *files*, each `(file, media type, description)`."""
    crate = ROCrate(gen_preview=False)
    crate.name = options.title or "Vietnamese plans, read by kehoach"
    crate.description = DESCRIPTION
    crate.datePublished = published
    crate.license = options.license or NO_LICENSE
    if options.creator:
        crate.creator = crate.add(Person(crate, "#creator", properties={"name": options.creator}))
    added = [_add_file(crate, *each) for each in files]
    software = crate.add(
        ContextEntity(
            crate,
            "#kehoach",
            properties={"@type": "SoftwareApplication", "name": "kehoach", "softwareVersion": version("kehoach")},
        )
    )
    action = crate.add(
        ContextEntity(crate, "#reading", properties={"@type": "CreateAction", "name": "Reading of texts"})
    )
    action["instrument"] = software
    action["result"] = added
    crate.root_dataset["mentions"] = action
    metadata: dict[str, Any] = crate.metadata.generate()
    metadata["@context"] = [metadata["@context"], {"sha256": SHA256}]
    return metadata


def _add_file(crate: ROCrate, file: Path, media_type: str, description: str) -> Any:
    properties = {
        "name": file.name,
        "description": description,
        "encodingFormat": media_type,
        "contentSize": str(file.stat().st_size),
        "sha256": digest(file),
    }
    return crate.add_file(str(file), dest_path=file.name, properties=properties)
