"""How do templates run quickly? What Jinja's compiler leaves open is decided when a template is compiled.

What is printed is escaped to plain text, without a wrapper object that says so, and joined where it stands; `a.b` is an
attribute, never an item, as all that our pages show are records; what is called is called, for none of our functions
asks for the context; a macro is its function. Together two fifths of the time of a page (bench/site.py, 2026-11).
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from markupsafe import (  # type: ignore[attr-defined] # the escaping itself; it has no public name
    Markup,
    _escape_inner,
    escape,
)


def escaped(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    """Escape what is printed, as markupsafe does; what is markup already stays."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is Markup:
        done: str = value
        return done
    return str(value) if kind is int else escape(value)


def plain_macro(macro: Macro) -> Callable[..., str]:
    """Return a macro as a function: called with all that it takes, by place, it runs without being looked at again."""
    body, number = macro._func, len(macro.arguments)  # noqa: SLF001 - what `macro` itself calls in the end

    def called(*given: object, **named: object) -> str:
        if named or len(given) != number:
            return macro(*given, **named)
        return str.__new__(Markup, body(*given))

    return called


class _Generator(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - named by the library
        self._gathered = set[Frame]()
        self.writeline(f"from {__name__} import escaped, plain_macro")
        super().visit_Template(node, frame)

    def enter_frame(self, frame: Frame) -> None:
        """Gather what a block, or a template without a parent, says: each piece would go up through all its parents."""
        super().enter_frame(frame)
        if (frame.block_frame or frame.rootlevel) and frame.buffer is None and not frame.require_output_check:
            self.buffer(frame)
            self._gathered.add(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:  # noqa: FBT001, FBT002 - the library's own
        """Hand on what was gathered."""
        if frame in self._gathered:
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escaped(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - named by the library
        if isinstance(node.node, nodes.Name) and node.node.name == "self":
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802, FBT001, FBT002 - the library's own
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        special = macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        self.write("" if special else "plain_macro(")
        super().macro_def(macro_ref, frame)
        self.write("" if special else ")")


class QuickEnvironment(Environment):
    """An environment whose templates are compiled so."""

    code_generator_class = _Generator

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template knows as a plain mapping: a chain of them is slow to copy, once for each page."""
        return {**self.globals, **(d or {})}
