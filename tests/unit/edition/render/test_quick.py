from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
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


PARENT = "<p>{% block main %}{{ said }}{% endblock %}|{{ self.main() }}</p>{% block foot %}{% endblock %}"
CHILD = """{% extends "parent" %}
{% macro box(text, mark="&", tail="") %}{{ mark }}{{ text }}{{ tail }}{{ caller() if caller else "" }}{% endmacro %}
{% macro all() %}{{ varargs | length }}{{ kwargs | length }}{% endmacro %}
{% block main %}[{{ super() }}{% for one in "a<" %}{{ loop.index }}{{ box(one) }}{% endfor %}]{% endblock %}
{% block foot %}{{ box("b", tail=3) }}
{% call box("c") %}<i>{% endcall %}{{ all(1, x=3) }}{{ all(*[1]) }}{% endblock %}
"""


def test_templates_say_what_they_say_without_it() -> None:
    loader = DictLoader({"parent": PARENT, "child": CHILD})
    plain, quick = Environment(autoescape=True, loader=loader), QuickEnvironment(autoescape=True, loader=loader)
    said = plain.get_template("child").render(said="<b>")
    assert "[&lt;b&gt;1&amp;a2&amp;&lt;]" in said
    assert quick.get_template("child").render(said="<b>") == said


class Said(str):
    __slots__ = ()
    real = "<u>"
