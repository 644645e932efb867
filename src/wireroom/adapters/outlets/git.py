"""How does an edition become a commit, and get pushed?

The outlet is a folder inside a clone. The folder is brought up to date like any other; then our files in it, and
nothing else that lies there, go into one commit. A push that fails leaves the commit, which the next run pushes.
"""

from collections.abc import Iterable
from pathlib import Path

from msgspec import structs

from wireroom.adapters.outlets.folder import FolderOutlet
from wireroom.adapters.outlets.manifest import read_manifest
from wireroom.adapters.outlets.programs import ask
from wireroom.errors import DeliveryError
from wireroom.records.drafts import Planned
from wireroom.records.editions import Delivery

_WHO = ("-c", "user.name=Wireroom", "-c", "user.email=wireroom@localhost")
"""Who commits where the clone names nobody."""
_FROM_STDIN = ("--pathspec-from-file=-", "--pathspec-file-nul")


class GitOutlet:
    """An outlet that is a folder in a clone; with a remote, editions are pushed to a branch of it."""

    def __init__(self, folder: Path, *, remote: str = "", branch: str = "main") -> None:
        self._folder = folder
        self._remote = remote
        self._branch = branch
        self._inner = FolderOutlet(folder)

    def deliver(self, files: Iterable[Planned], *, whole: str = "", dry_run: bool = False) -> Delivery:
        """Make the folder hold exactly these files, commit them, and push."""
        self._check()
        delivery = self._inner.deliver(files, whole=whole, dry_run=dry_run)
        if dry_run:
            return delivery
        self._commit(delivery)
        if not self._remote:
            return delivery
        self._git("push", "--quiet", self._remote, f"HEAD:refs/heads/{self._branch}")
        return structs.replace(delivery, where=f"{self._folder}, pushed to {self._remote} {self._branch}")

    def _check(self) -> None:
        if not self._folder.is_dir() or self._git("rev-parse", "--is-inside-work-tree", fails=True).strip() != "true":
            raise DeliveryError(f"{self._folder} is in no git clone; make one there: git clone … or git init")

    def _commit(self, delivery: Delivery) -> None:
        """Commit what is ours; a run that was killed between folder and commit is made up for."""
        ours = {*read_manifest(self._folder).files, *delivery.removed, *self._listed("ls-files", "--deleted")}
        self._git("add", "--all", "--force", *_FROM_STDIN, paths=self._known(ours))
        changed = ours & self._listed("diff", "--cached", "--name-only", "--relative", "--no-renames")
        if changed:
            said = f"Edition: {len(delivery.written)} files written, {len(delivery.removed)} removed"
            who = () if self._git("config", "user.email", fails=True) else _WHO
            self._git(*who, "commit", "--quiet", "--message", said, *_FROM_STDIN, paths=map(_literal, sorted(changed)))

    def _known(self, paths: Iterable[str]) -> list[str]:
        """Return the paths that git can add: those that are there, or that it knows to be gone."""
        tracked = self._listed("ls-files")
        return [_literal(path) for path in sorted(paths) if path in tracked or (self._folder / path).is_file()]

    def _listed(self, *words: str) -> set[str]:
        return set(filter(None, self._git(*words, "-z").split("\0")))

    def _git(self, *words: str, paths: Iterable[str] = (), fails: bool = False) -> str:
        try:
            return ask(("git", *words), folder=self._folder, paths=paths)
        except DeliveryError:
            if fails:
                return ""
            raise


def _literal(path: str) -> str:
    """Return a path as git takes it for itself, whatever characters are in it."""
    return f":(literal){path}"
