"""What did a beat learn from its own labels and rulings? Numbers in a file, read like any other setting."""

from msgspec import Struct

from wireroom.records.ids import TopicId


class TextModel(Struct, frozen=True, kw_only=True):
    """A linear opinion of a text: weights of hashed features, and how its sum becomes a probability."""

    bias: float
    slope: float
    shift: float
    """Calibration: probability = 1 / (1 + exp(−(slope · sum + shift)))."""
    weights: dict[int, float]
    """Bucket of a feature → weight."""
    examples: int
    """How many labels it was trained on."""


class TopicModel(Struct, frozen=True, kw_only=True):
    """A topic for which learning beat the rule on labels it had not seen."""

    topic: TopicId
    model: TextModel


class Learned(Struct, frozen=True, kw_only=True):
    """Everything a beat switched on; empty when nothing was learned."""

    topics: tuple[TopicModel, ...] = ()
    taste: TextModel | None = None
    """What its editors publish, from their rulings."""
    version: str = ""
    """Names the content: another one is another judge."""
