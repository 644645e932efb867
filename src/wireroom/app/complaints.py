"""How do we tell a user what is wrong in a file? Turns validation failures into sentences that name the nearest key."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from wireroom.errors import BeatError
from wireroom.text.lines import line_of

Model = TypeVar("Model", bound=BaseModel)


def nearest(word: str, known: list[str]) -> str:
    """Return a hint that names the known word nearest to a mistaken one."""
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else f"known here: {', '.join(sorted(known))}"


def checked(model: type[Model], data: object, file: Path) -> Model:
    """Validate what a file held; raise BeatError with one line per mistake."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        lines = [f"  {_line(problem, text)}{_sentence(model, problem)}" for problem in error.errors()]
        raise BeatError("\n".join([f"{file}: cannot be used", *lines])) from None


def _line(problem: Any, text: str) -> str:  # noqa: ANN401 - pydantic's own loose dictionary
    """Name the line of the key that is wrong, when it stands there."""
    keys = [str(part) for part in problem["loc"] if isinstance(part, str)][-1:]
    number = line_of(text, *(form for key in keys for form in (f'"{key}" =', f"{key} =", f"{key}:", f"[{key}")))
    return f"line {number}: " if number and problem["type"] != "missing" else ""


def _sentence(model: type[BaseModel], problem: Any) -> str:  # noqa: ANN401 - pydantic's own loose dictionary
    where = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"unknown key '{where}': {nearest(str(problem['loc'][-1]), _known(model, problem['loc'][:-1]))}"
    if problem["type"] == "missing":
        return f"'{where}' is missing"
    return f"'{where}': {problem['msg'].lower()} (found {problem['input']!r})"


def _known(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that may stand at a place of the model."""
    for part in path:
        field = model.model_fields.get(str(part))
        inner = field.annotation if field else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            model = inner
        else:
            values = [arg for arg in getattr(inner, "__args__", ()) if isinstance(arg, type)]
            model = next((arg for arg in values if issubclass(arg, BaseModel)), model)
    return [field.alias or name for name, field in model.model_fields.items()]
