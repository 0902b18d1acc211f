"""Loads everything that a worker loads with its first document; for the fork server of `tests.fault_nursery`."""

from pipeline.extract import extract_document
from tests.conftest import ROOT

extract_document((ROOT / "tests" / "texts" / "small-plan.txt").read_bytes(), path="a.txt")
