"""From features to a probability: the sum of the weights of a record's features, through the logistic function.

The weights are data (`data/weights.json`), fitted by `scripts/fit_confidence.py` to records that people have judged.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import orjson

BIAS = "bias"
SURE = "sure"  # the least sum of weights that earns a confidence of ALMOST and more
ALMOST = 0.9
Weights = Mapping[str, float]


def probability(weights: Weights, features: Iterable[str]) -> float:
    """How likely the record with these *features* is right, in [0.01, 0.99], in hundredths.

    Where the weights say how great the sum of sure records is, a record below stays below 0.9.

    >>> probability({"bias": 0.0, "rule:a": 2.0}, ["rule:a", "unknown"])
    0.88
    """
    score = weights.get(BIAS, 0.0) + math.fsum(
        weights.get(feature, 0.0) for feature in set(features)
    )  # exact in any order
    highest = 0.99 if score >= weights.get(SURE, -math.inf) else ALMOST - 0.01
    return min(highest, max(0.01, round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 2)))


@cache
def weights() -> Mapping[str, Weights]:
    """The weights of each kind of record."""
    found: Mapping[str, Weights] = orjson.loads((files("pipeline.confidence") / "data" / "weights.json").read_bytes())
    return found
