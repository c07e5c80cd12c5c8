"""What every parameter declaration has: name, help, default, unit, what null means, its checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from lrdesigner import numerals
from lrdesigner.i18n import tr, trn

MAX_INT = 10**9
MAX_ENTRIES = 10_000
MAX_ROWS = 1_000  # of what becomes a formula, with a piece for each of them

_EXACT = 1e15
_LONG = 60
_SHOWN = 100  # of a list; more do not fit in a message anyway


class _Required:
    """The default of a parameter that has none."""

    def __repr__(self) -> str:
        return "REQUIRED"


REQUIRED = _Required()


def shown(value: object) -> str:
    """A value as an error message shows it: short, on one line, as a document writes it.

    A single number has the marks of the reader's locale, as the fields do.

    >>> shown((None, True, -1.0))
    '[null, true, -1.0]'
    """
    return _local(value, _cut(_written(value, repr)))


def shown_number(value: object) -> str:
    """Like `shown`, where 1 and 1.0 are the same, whichever of them was typed.

    >>> shown_number([0, -1.0])
    '[0, -1]'
    """
    return _local(value, _cut(_written(value, _plain)))


def _local(value: object, text: str) -> str:
    return numerals.localised(text) if isinstance(value, float) else text


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def _written(value: object, write: Callable[[object], str]) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_written(item, write) for item in value[:_SHOWN])}]"
    return write(value)


def _plain(value: object) -> str:
    whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
    return f"{value:.0f}" if whole else repr(value)


@dataclass(frozen=True, kw_only=True)
class Param:
    """One parameter of a scheduler, under torch's own name.

    Attributes:
        name: torch's parameter name; the key in the document's ``params``.
        help: One line that says what it does.
        unit: Unit shown in the field, such as ``"lr"``, ``"× base"``, ``"steps"``; the unit
            ``"ticks"`` stands for the phase's interval (steps or epochs).
        default: torch's default, or `REQUIRED`.
        follows: What null or a missing value stands for: the phase's ``"length"`` in its
            interval, the phase's ``"base"`` LR, or ``""`` for nothing of the kind.
        null_follows: Whether only an explicit null follows and a missing value means `default`
            (``OneCycleLR.div_factor``).
        nullable: Whether null is a value of its own (torch's None).
        per_group: Whether a list with one value per parameter group is accepted.
        advanced: Whether the form may fold it away.
    """

    name: str
    help: str
    unit: str = ""
    default: Any = REQUIRED
    follows: Literal["", "length", "base"] = ""
    null_follows: bool = False
    nullable: bool = False
    per_group: bool = False
    advanced: bool = False
    kind: ClassVar[str] = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says of itself to people, in English; translated where it is shown."""
        return (self.help,) if self.unit in ("", "ticks", "lr", "×") else (self.help, self.unit)

    @property
    def required(self) -> bool:
        """Whether a value has to be given."""
        return self.default is REQUIRED and not self.follows

    @property
    def accepts_null(self) -> bool:
        """Whether null may be written for it."""
        return self.nullable or bool(self.follows)

    @property
    def allowed(self) -> str:
        """What one value may be, as the end of the sentence "gamma must be …"."""
        raise NotImplementedError  # pragma: no cover - every declaration defines it

    def one_type_error(self, value: object) -> str | None:
        """Why a single value is of the wrong type, or None."""
        raise NotImplementedError  # pragma: no cover - every declaration defines it

    def one_range_error(self, value: Any) -> str | None:
        """Why a single value of the right type is not allowed, or None."""
        return None

    def nearest(self, value: Any) -> Any:
        """An allowed value in place of one that is refused, or `REQUIRED` if none suggests itself.

        Args:
            value: A single value that `one_type_error` accepts and `one_range_error` does not.
        """
        default = self.default
        known = default is not REQUIRED and default is not None
        return default if known and not self.error(default) else REQUIRED

    def one_remedy(self, value: Any) -> str:
        """What to do about a single value that `one_range_error` refuses, as a sentence."""
        near = self.nearest(value)
        return "" if near is REQUIRED else tr("Write {near} instead.", near=shown_number(near))

    def normalise(self, value: Any) -> Any:
        """A checked value in the type torch wants (an int for a float parameter becomes one)."""
        return value

    def schema(self) -> dict[str, Any]:
        """JSON Schema of a single value."""
        raise NotImplementedError  # pragma: no cover - every declaration defines it

    # -- whole values: null and per-group lists ------------------------------------------------

    def _is_list(self, value: object) -> bool:
        return self.per_group and isinstance(value, (list, tuple))

    def type_error(self, value: object) -> str | None:
        """Why `value` is structurally wrong, or None when it is sound."""
        if value is None:
            return None if self.accepts_null else self._sentence(value)
        if self._is_list(value):
            assert isinstance(value, (list, tuple))
            return next((e for v in value if (e := self.one_type_error(v))), None)
        return self.one_type_error(value)

    def range_error(self, value: Any, groups: int | None = None) -> str | None:
        """Why a structurally sound `value` is not allowed, or None.

        Args:
            value: A value that `type_error` accepts.
            groups: Number of parameter groups, to check a list's length; None skips that.
        """
        if value is None:
            return None
        if self._is_list(value):
            if not value and groups is None:
                return tr("{name} is an empty list; give one value per group", name=self.name)
            if groups is not None and len(value) != groups:
                return tr(
                    "{name} has {values} for {groups}; give one value per group",
                    name=self.name,
                    values=trn("{count:,} value", "{count:,} values", len(value)),
                    groups=trn("{count:,} group", "{count:,} groups", groups),
                )
            return next((e for v in value if (e := self.one_range_error(v))), None)
        return self.one_range_error(value)

    def error(self, value: object, groups: int | None = None) -> str | None:
        """Why `value` is not acceptable for any reason, or None."""
        return self.type_error(value) or self.range_error(value, groups)

    @property
    def missing(self) -> str:
        """What is said where a value has to be given and is not."""
        return tr("{name} is missing; give {allowed}", name=self.name, allowed=self.allowed)

    def remedy(self, value: Any, groups: Sequence[str]) -> str:
        """What to do about a value that `range_error` refuses, as a sentence.

        Args:
            value: A value that `type_error` accepts and `range_error` does not.
            groups: The names of the parameter groups.
        """
        if not self._is_list(value):
            return self.one_remedy(value)
        if len(value) != len(groups) and len(groups) == 1:
            return tr("Write a single value in place of the list.")
        if len(value) < len(groups):
            lacking = [repr(name) for name in groups[len(value) :]]
            names = ", ".join(lacking)
            if len(names) > _LONG:
                return trn(
                    "Add a value, or write one value for all groups.",
                    "Add {count} values, or write one value for all groups.",
                    len(lacking),
                )
            return trn(
                "Add a value for {names}, or write one value for all groups.",
                "Add {count} values for {names}, or write one value for all groups.",
                len(lacking),
                names=names,
            )
        if len(value) > len(groups):
            return trn(
                "Remove the last value, or write one value for all groups.",
                "Remove the last {count} values, or write one value for all groups.",
                len(value) - len(groups),
            )
        return next((self.one_remedy(v) for v in value if self.one_range_error(v)), "")

    def _sentence(self, value: object) -> str:
        return tr(
            "{name} must be {allowed}, not {value}",
            name=self.name,
            allowed=self.allowed,
            value=shown(value),
        )
