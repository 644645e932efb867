"""How do templates run quickly? Two things that Jinja's compiler leaves open are decided when a template is compiled.

What is printed is escaped to plain text, without a wrapper object that says so; and `a.b` is an attribute, never an
item, as all that our pages show are records. Together a fifth of the time of a page (bench/site.py, 2026-11).
"""

from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import _escape_inner, escape  # type: ignore[attr-defined] # the escaping itself; it has no public name


def escaped(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    """Escape what is printed, as markupsafe does; what is markup already stays."""
    if type(value) is str:
        return _escape_inner(value)
    return escape(value)


class _Generator(CodeGenerator):
    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - named by the library
        if isinstance(node.node, nodes.Name) and node.node.name == "self":
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class QuickEnvironment(Environment):
    """An environment whose templates are compiled so."""

    code_generator_class = _Generator
    escaped = staticmethod(escaped)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows as a plain mapping: a chain of them is slow to copy, once for each page."""
        return {**self.globals, **(d or {})}
