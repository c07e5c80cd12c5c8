"""The document: frozen models, codec, units, pure edits, problems."""
