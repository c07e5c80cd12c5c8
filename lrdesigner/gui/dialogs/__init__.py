"""Dialogs: messages, the start gallery, about."""
