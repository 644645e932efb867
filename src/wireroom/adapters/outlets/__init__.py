"""Where does an edition go? For now: a folder that a web server or a site generator reads."""

from wireroom.adapters.outlets.folder import FolderOutlet

__all__ = ["FolderOutlet"]
