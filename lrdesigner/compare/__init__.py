"""Curves beside each other: numbers, places on one time axis, differences, slopes."""
