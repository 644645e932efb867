from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from wireroom.edition.render.portal.quick import QuickEnvironment, escaped


@given(st.one_of(st.text(), st.integers(), st.none(), st.text().map(Markup)))
def test_what_is_printed_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == str(escape(value))


def test_a_template_escapes_what_it_prints_and_keeps_markup() -> None:
    template = QuickEnvironment(autoescape=True).from_string(
        "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}{{ bold(said) }} {{ said }} {{ said.real }} {{ 1 + 1 }}"
    )
    assert template.render(said=Said("<i>")) == "<b>&lt;i&gt;</b> &lt;i&gt; &lt;u&gt; 2"


class Said(str):
    __slots__ = ()
    real = "<u>"
