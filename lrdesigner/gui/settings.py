"""What the program remembers between starts, in one JSON file.

Each value is read on its own, so that one bad value never loses the rest; unknown ones (of a
newer version) are ignored. A file that cannot be read or written is no reason not to start.
"""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path
from typing import Any, Literal, Self

import platformdirs
from pydantic import BaseModel, ConfigDict, ValidationError

from lrdesigner._files import write_atomically
from lrdesigner.gui.lane_look import LaneLook
from lrdesigner.gui.overlay_looks import ComparisonLook
from lrdesigner.gui.picture_options import PictureOptions
from lrdesigner.gui.state import SlopeKind
from lrdesigner.schedule.counting import CountUnit

log = logging.getLogger(__name__)

MAX_RECENT = 10

LanguageSetting = Literal["system", "en", "zh_CN"]


def default_path() -> Path:
    """Where the settings live on this system."""
    return platformdirs.user_config_path("lrdesigner", appauthor=False) / "settings.json"


class Settings(BaseModel):
    """The remembered values."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True)

    theme: Literal["system", "dark", "light"] = "system"
    language: LanguageSetting = "system"
    log_axis: bool = True
    unit: CountUnit = "epochs"
    ripple: bool = False
    recent: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    start_page: bool = True
    hint: int = 0
    tour_seen: bool = False
    geometry: str = ""
    layout: str = ""
    small_layout: str = ""
    panels_locked: bool = True
    lanes: dict[str, LaneLook] = {}
    overlays: dict[str, ComparisonLook] = {}
    slope: SlopeKind = "off"
    folded: tuple[str, ...] = ()
    picture: PictureOptions = PictureOptions()
    picture_folder: str = ""
    unfolded: tuple[str, ...] = ("phase_explain",)
    help_geometry: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """The settings of a file; defaults for what is missing or wrong."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except OSError as error:
            log.warning("settings %s not read: %s", path, error)
            return cls()
        except (ValueError, RecursionError) as error:
            log.warning("settings %s not understood: %s", path, error)
            _put_aside(path)
            return cls()
        settings = cls()
        for name, value in (data if isinstance(data, dict) else {}).items():
            if name not in cls.model_fields:
                continue
            try:
                setattr(settings, name, tuple(value) if isinstance(value, list) else value)
            except ValidationError:
                log.warning("settings %s: %s ignored", path, name)
        return settings

    def write(self, path: Path) -> None:
        """Write what differs from the defaults."""
        data: dict[str, Any] = self.model_dump(mode="json", exclude_defaults=True)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, (json.dumps(data, indent=2) + "\n").encode())
        except OSError as error:
            log.warning("settings %s not written: %s", path, error)

    def add_recent(self, path: Path) -> None:
        """Put a file on top of the recent ones."""
        text = str(path.resolve())
        self.recent = (text, *(each for each in self.recent if each != text))[:MAX_RECENT]

    def forget_recent(self, path: Path) -> None:
        """Take a file off the recent ones."""
        self.recent = tuple(each for each in self.recent if each != str(path))


def _put_aside(path: Path) -> None:
    """Keep a file that is not understood: the next settings are written in its place."""
    try:
        path.replace(path.with_name(f"{path.stem}-broken{path.suffix}"))
    except OSError as error:
        log.warning("settings %s not kept: %s", path, error)


def encode(data: bytes) -> str:
    """Bytes of Qt's window state as text."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str) -> bytes:
    """The bytes again; none for text that is not what `encode` made."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
