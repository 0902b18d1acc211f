"""The road of a document: bytes, source document, clean text, outline, mentions, plan document, disk."""
