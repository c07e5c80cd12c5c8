"""Values that cannot change: the document is shared by undo, workers and panels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, Self

from pydantic import BaseModel, ConfigDict, model_validator

from lrdesigner.i18n import tr


class FrozenDict(dict[str, Any]):
    """A dict that refuses to change, so that old documents stay what they were."""

    def _refuse(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError(tr("a document cannot be changed in place; make an edited copy"))

    __setitem__ = _refuse
    __delitem__ = _refuse
    __ior__ = _refuse  # type: ignore[assignment]
    clear = _refuse
    pop = _refuse
    popitem = _refuse
    setdefault = _refuse
    update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (dict(self),))

    def __deepcopy__(self, memo: dict[int, Any]) -> FrozenDict:
        return self

    def __copy__(self) -> FrozenDict:
        return self


def freeze(value: Any) -> Any:
    """JSON data with dicts frozen and lists turned into tuples, all the way down."""
    if isinstance(value, dict):
        return FrozenDict({key: freeze(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(freeze(item) for item in value)
    return value


def thaw(value: Any) -> Any:
    """Plain dicts and lists again, for writing."""
    if isinstance(value, dict):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [thaw(item) for item in value]
    return value


class FrozenModel(BaseModel):
    """A record that never changes; `replace` gives an edited, re-validated copy.

    Keys that the format does not know are kept as they are.
    """

    model_config = ConfigDict(
        frozen=True, extra="allow", strict=True, allow_inf_nan=False, populate_by_name=True
    )

    def replace(self, **changes: Any) -> Self:
        """A copy with these fields changed, validated like a new one."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        copy = type(self).model_validate({**fields, **(self.model_extra or {}), **changes})
        if self.__pydantic_private__ and copy.__pydantic_private__ is not None:
            copy.__pydantic_private__.update(self.__pydantic_private__)
        return copy

    def altered(self, **changes: Any) -> Self:
        """The same copy without a check, for changes that cannot be wrong.

        As careless as `BaseModel.model_copy`, and quicker: what never changes need not be copied.
        """
        copy, private = type(self).__new__(type(self)), self.__pydantic_private__
        fields = self.__pydantic_fields_set__
        fields = fields if changes.keys() <= fields else fields | changes.keys()
        put = object.__setattr__
        put(copy, "__dict__", {**self.__dict__, **changes})
        put(copy, "__pydantic_extra__", self.__pydantic_extra__)
        put(copy, "__pydantic_fields_set__", fields)
        put(copy, "__pydantic_private__", None if private is None else {**private})
        return copy

    @model_validator(mode="before")
    @classmethod
    def _freeze_extras(cls, data: Any) -> Any:
        """Unknown keys hold JSON data, which must not be shared mutable."""
        if not isinstance(data, Mapping):
            return data
        known = {f.alias or name for name, f in cls.model_fields.items()} | set(cls.model_fields)
        return {key: item if key in known else freeze(item) for key, item in data.items()}
