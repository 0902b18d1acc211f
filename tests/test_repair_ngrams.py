"""The table of syllables tells the same count whether one row is asked for or thousands."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.repair.ngrams import BITS, FIRST_ID, MANY, ngrams

SEED = 7


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_many_rows_have_the_counts_of_each_alone(order: int) -> None:
    table = ngrams()
    draw = np.random.default_rng(SEED)
    seen = table.keys[order][draw.integers(0, len(table.keys[order]), MANY)]
    seen = np.append(seen, table.keys[order][[0, -1]])  # the ends, which a search may miss
    known = np.stack([(seen >> BITS * place) & ((1 << BITS) - 1) for place in range(order - 1, -1, -1)], axis=1)
    made_up = draw.integers(0, FIRST_ID + len(table.words), (MANY, order))
    rows = draw.permutation(np.concatenate([known, made_up]))

    together = table.log_counts(*rows.T)

    assert together.tolist() == [float(table.log_count(*row)) for row in rows.tolist()]
    assert np.count_nonzero(together) >= len(known)
    assert order == 1 or np.count_nonzero(together == 0) > MANY // 2
