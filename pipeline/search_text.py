"""Add the word-segmented form of task texts to a document; it costs as much as all the rest, so it is asked for."""

from __future__ import annotations

from extractors.word_segmentation import segment_words
from schemas import PlanDocument


def with_search_text(document: PlanDocument) -> PlanDocument:
    """The same document, each task with its `search_text`."""
    tasks = tuple(task.model_copy(update={"search_text": segment_words(task.text)}) for task in document.tasks)
    return document.model_copy(update={"tasks": tasks})
